package io.tillwatch.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool, where it is installed; tests that need it are skipped elsewhere. */
final class Promtool {

    private Promtool() {}

    /** Fails with what it said if it is not content. */
    static void succeeds(Path directory, String... arguments) throws IOException, InterruptedException {
        assumeTrue(
                Installed.path("promtool").isPresent(),
                "promtool is not installed: what is for Prometheus is not tested");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(told).isZero();
        assertThat(told).contains("SUCCESS");
    }
}
