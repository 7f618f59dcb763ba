package io.tillwatch.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.process.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the responder look at its database and its acquirers: it has the drivers, and reads its configuration as when it runs. */
final class ResponderLook {

    private static final String MAIN = "io.tillwatch.responder.ResponderMain";
    private static final int BAD_CONFIGURATION = 2;

    /** What came of it. */
    sealed interface Result {
        record Looked(List<Finding> findings) implements Result {}

        /** It could not look; why has been said to standard error. */
        record Refused() implements Result {}
    }

    private final Home home;

    ResponderLook(Home home) {
        this.home = home;
    }

    Result look(Path config) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        home.classPath("responder"),
                        MAIN,
                        "doctor",
                        "--config",
                        config.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        List<Finding> findings = new ArrayList<>();
        try {
            Process process = builder.start();
            ObjectMapper json = new ObjectMapper();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    findings.add(finding(json.readTree(line)));
                }
            }
            int exit = process.waitFor();
            if (exit == BAD_CONFIGURATION) {
                return new Result.Refused();
            }
            if (exit > BAD_CONFIGURATION || findings.isEmpty()) {
                throw new IllegalStateException("the responder's doctor ended with exit code " + exit);
            }
            return new Result.Looked(findings);
        } catch (IOException e) {
            throw new IllegalStateException("the responder's doctor cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the responder's doctor looked", e);
        }
    }

    private static Finding finding(JsonNode told) {
        return new Finding(
                told.path("good").booleanValue(),
                told.path("subject").textValue(),
                told.path("found").textValue(),
                told.path("wanted").textValue(),
                Optional.ofNullable(told.path("remedy").textValue()));
    }
}
