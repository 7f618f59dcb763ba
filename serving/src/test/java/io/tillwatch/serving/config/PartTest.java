package io.tillwatch.serving.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {

    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    private Part part(String yaml) throws IOException {
        return Part.ofFile(Files.writeString(directory.resolve("file.yaml"), yaml), problems)
                .orElseThrow();
    }

    @Test
    void tellsEveryProblemWithItsPath() throws IOException {
        Part all = part("{a: {b: x, wait: soon, list: 5, odd: 1}, c: text}");
        Part a = all.part("a");
        assertThat(a.number("b", 7, 1, 9)).isEqualTo(7);
        assertThat(a.duration("wait", Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(9)))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(a.parts("list")).isEmpty();
        assertThat(a.required("missing", "such")).isEqualTo("such");
        a.nothingElse();
        all.part("c");

        assertThat(problems)
                .containsExactly(
                        "a.b: is no whole number in 1..9",
                        "a.wait: is no ISO 8601 duration in PT1S..PT9S, such as PT1S",
                        "a.list: is no list: begin each element with a hyphen",
                        "a.missing: is missing: give it, such as such",
                        "a.odd: is not known here: known are [b, list, missing, wait]",
                        "c: is not a section: write its fields below it, indented");
    }

    @Test
    void aFileThatIsNoYamlIsToldByItsLineAndNotByWhatStandsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "ok: 1\npassword: [hunter2\nmore: }");

        Optional<Part> none = Part.ofFile(file, problems);

        assertThat(none).isEmpty();
        assertThat(problems).singleElement().asString().contains("line 3").doesNotContain("hunter2");
    }

    @Test
    void theEnvironmentGoesOverTheFileOfASecretWhichIsThenNotRead() throws IOException {
        Part all = part("{keyFile: /nowhere/at/all}");

        assertThat(all.secret(Map.of("KEY", "s3cret"), "KEY", "keyFile")).contains("s3cret");
        assertThat(problems).isEmpty();

        assertThat(all.secret(Map.of(), "KEY", "keyFile")).isEmpty();
        assertThat(problems)
                .containsExactly("keyFile: /nowhere/at/all cannot be read: make it, readable by this user only");
    }

    @Test
    void whereTheTopicsAreIsReadWithTheEnvironmentOverIt() throws IOException {
        Part all = part("{bootstrap: \"a:1\", topicPrefix: \"x y\", settings: {sasl.jaas.config: hidden}}");

        KafkaPart kafka = KafkaPart.read(all, Map.of("TILLWATCH_BOOTSTRAP", "b:2"));

        assertThat(kafka.client()).containsEntry("bootstrap.servers", "b:2");
        assertThat(kafka.toString()).doesNotContain("hidden");
        assertThat(problems).singleElement().asString().startsWith("topicPrefix: topic name");
    }

    @Test
    void whichRegistryIsAskedIsReadBesideTheClientsSettings() throws IOException {
        Part all = part("{bootstrap: \"a:1\", schemaRegistry: {url: \"http://r:1\", write: false}}");

        KafkaPart kafka = KafkaPart.read(all, Map.of("TILLWATCH_SCHEMA_REGISTRY_URL", "http://r:2"));

        assertThat(problems).isEmpty();
        assertThat(kafka.client())
                .containsEntry("schema.registry.url", "http://r:2")
                .containsEntry("schema.registry.write", "false");
        KafkaPart unused = KafkaPart.read(part("{bootstrap: \"a:1\", schemaRegistry: {colour: red}}"), Map.of());
        assertThat(problems).singleElement().asString().contains("schema.registry.colour: is not known");
    }
}
