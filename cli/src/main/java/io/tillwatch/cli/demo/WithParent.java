package io.tillwatch.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a program for as long as the process that started it lives: its standard input is a pipe that only the parent
 * holds, so it ends when the parent does, however that came about. Needs nothing but the JDK, so that it can stand on the
 * class path of any program.
 */
public final class WithParent {

    private static final int PARENT_IS_GONE = 70;

    private WithParent() {}

    /** The first argument is the program's main class, the others are its own. */
    public static void main(String[] args) throws Exception {
        InputStream heldByParent = System.in;
        Thread watcher = new Thread(
                () -> {
                    awaitEnd(heldByParent);
                    Runtime.getRuntime().halt(PARENT_IS_GONE);
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }

    /** What must be on a class path for this class to be found. */
    public static Path classPath() {
        try {
            return Path.of(WithParent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this class was loaded from no file", e);
        }
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is ever written to it.
            }
        } catch (IOException brokenPipe) {
            // The same news.
        }
    }
}
