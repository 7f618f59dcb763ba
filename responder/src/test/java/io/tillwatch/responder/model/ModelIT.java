package io.tillwatch.responder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's model (responder/model), searched whole by Spin where Spin is installed. */
class ModelIT {

    /** Failsafe runs in the module's directory. */
    private static final Path MODEL = Path.of("model").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void theProtocolIsSafeAndEndsAndEachOfItsGuardsIsNeeded() throws IOException, InterruptedException {
        Search search = run();

        assertThat(search.exitCode()).as(search.output()).isZero();
        assumeFalse(search.output().startsWith("skipped:"), search.output().strip());
        assertThat(search.output())
                .contains("pair", "alone", "tier-b", "ends-alone", "NO_FENCE", "NO_KEY", "NO_INQUIRY");
    }

    @Test
    void aProtocolThatBreaksFailsTheCheck() throws IOException, InterruptedException {
        // A copy whose "sound" search lacks the fence: the check must not let it pass.
        Path copy = Files.createDirectory(directory.resolve("copy"));
        String script = Files.readString(MODEL.resolve("check.sh"));
        String broken = script.replace("\"alone|sound|-DONE\"", "\"alone|sound|-DONE -DNO_FENCE\"");
        assertThat(broken).isNotEqualTo(script);
        Files.writeString(copy.resolve("check.sh"), broken);
        Files.copy(MODEL.resolve("remedy.pml"), copy.resolve("remedy.pml"));

        Search search = run(copy, "alone");

        assumeFalse(search.output().startsWith("skipped:"), search.output().strip());
        assertThat(search.output()).contains("WRONG: breaks UNKNOWN, expected: sound");
        assertThat(search.exitCode()).isEqualTo(1);
    }

    private Search run() throws IOException, InterruptedException {
        return run(MODEL);
    }

    private Search run(Path model, String... names) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder("bash", model.resolve("check.sh").toString());
        builder.command().addAll(List.of(names));
        builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("TMPDIR", directory.toString());
        Process process = builder.start();
        try {
            int exitCode = process.waitFor();
            return new Search(exitCode, Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private record Search(int exitCode, String output) {}
}
