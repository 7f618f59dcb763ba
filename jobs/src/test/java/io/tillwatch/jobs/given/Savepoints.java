package io.tillwatch.jobs.given;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Savepoints of single operators, kept in the test resources beside the test that restores them, one for each release.
 * With {@code -Dtillwatch.savepoints=DIR} they are written anew to a directory, for a release to come.
 */
public final class Savepoints {

    private Savepoints() {}

    /** The savepoint that was kept under a name beside a class. */
    public static OperatorSubtaskState kept(Class<?> beside, String name) {
        try {
            URL resource = beside.getResource(name);
            if (resource == null) {
                throw new AssertionError("no savepoint " + name + " beside " + beside);
            }
            return OperatorSnapshotUtil.readStateHandle(
                    Path.of(resource.toURI()).toString());
        } catch (java.io.IOException | ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError("the savepoint " + name + " cannot be read", e);
        }
    }

    /** Keeps what an operator remembers, where that is asked for. */
    public static void write(Operator<?, ?> operator, String name) {
        String directory = System.getProperty("tillwatch.savepoints");
        if (directory != null) {
            try {
                OperatorSnapshotUtil.writeStateHandle(
                        operator.savepoint(), Path.of(directory, name).toString());
            } catch (java.io.IOException e) {
                throw new AssertionError("the savepoint " + name + " cannot be written", e);
            }
        }
    }
}
