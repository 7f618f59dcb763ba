package io.tillwatch.responder.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the file: there are settings, or problems in words. */
class UntrustedConfigurationTest {

    private static Path file;

    @BeforeAll
    static void makeFile() throws IOException {
        file = Files.createTempFile("responder", ".yaml");
    }

    @AfterAll
    static void removeFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "15m")
    void saysWhatIsWrongAndNeverThrows(byte[] content) throws IOException {
        Files.write(file, content);
        if (ResponderSettings.read(file, Map.of(), "r-1") instanceof ResponderSettings.Result.Bad bad) {
            assertThat(bad.problems()).isNotEmpty().noneMatch(String::isBlank);
        }
    }

    static Stream<Arguments> files() {
        return Stream.of(
                        """
                kafka: {bootstrap: "k:9092"}
                database: {url: "jdbc:postgresql://db/tillwatch", connectionsMax: 40}
                engine: {threads: 4, pollEvery: PT1S}
                journal: {lease: PT60S}
                acquirers:
                  "*": {adapter: simulated, endpoint: "http://127.0.0.1:1", answersInquiries: false}
                """,
                        "{\"kafka\":{\"bootstrap\":null},\"acquirers\":{\"a\":{}}}",
                        "a: &x [*x, !!int 1, 0x1f, 1_000, 1e999, .inf, 2026-01-01]",
                        "--- |\n %\n")
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }
}
