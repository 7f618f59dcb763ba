package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test the same cluster, which is started when first asked for and ends with the JVM. */
final class OneCluster implements ParameterResolver {

    static final int SLOTS = 4;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ReplayCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneCluster.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .cluster;
    }

    private static final class Running implements AutoCloseable {

        private final Path temporary;
        private final ReplayCluster cluster;

        Running() {
            try {
                temporary = Files.createTempDirectory("replay-cluster");
                cluster = ReplayCluster.start(SLOTS, StateBackend.HEAP, temporary);
            } catch (Exception e) {
                throw new IllegalStateException("no cluster to replay on", e);
            }
        }

        @Override
        public void close() throws IOException {
            cluster.close();
            WorkFolder.delete(temporary);
        }
    }
}
