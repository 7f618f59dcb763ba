package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.kafka.JobSettings.Result;
import io.tillwatch.schemas.topic.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job is told, and what is wrong with it. */
class JobSettingsTest {

    @Test
    void takesWhatItIsToldAndDefaultsForTheRest() {
        JobSettings settings = good("--bootstrap", "a:1,b:2");

        assertThat(settings.kafka()).hasSize(1).containsEntry("bootstrap.servers", "a:1,b:2");
        assertThat(settings.topicPrefix()).isEqualTo("tillwatch.");
        assertThat(settings.topic(Topic.ALERTS)).isEqualTo("tillwatch.alerts");
        assertThat(settings.groupId()).isEqualTo("own-group");
        assertThat(settings.parallelism()).isOne();
        assertThat(settings.checkpointEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.earlyWithin()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.watermarkEvery()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void takesArgumentsOverTheEnvironment() {
        Map<String, String> environment = Map.of(
                "TILLWATCH_BOOTSTRAP", "a:1",
                "TILLWATCH_GROUP_ID", "from-environment",
                "TILLWATCH_TOPIC_PREFIX", "",
                "TILLWATCH_PARALLELISM", "7",
                "TILLWATCH_EARLY_WITHIN", "PT0S",
                "OTHER", "x");
        Result result = JobSettings.of(
                new String[] {"--parallelism", "12", "--kafka.linger.ms", "3"}, environment, "own-group");

        assertThat(result).isInstanceOf(Result.Good.class);
        JobSettings settings = ((Result.Good) result).settings();
        assertThat(settings.groupId()).isEqualTo("from-environment");
        assertThat(settings.topic(Topic.CAPTURES)).isEqualTo("captures");
        assertThat(settings.parallelism()).isEqualTo(12);
        assertThat(settings.earlyWithin()).isZero();
        assertThat(settings.kafka()).containsEntry("linger.ms", "3");
    }

    @Test
    void saysAllThatIsWrongAtOnceWithWhatToDo() {
        List<String> problems = bad(
                "--boostrap",
                "a:1",
                "--parallelism",
                "0",
                "--checkpoint-every",
                "10s",
                "--early-within",
                "PT-1S",
                "--topic-prefix",
                "till watch/",
                "--watermark-every");

        assertThat(problems).hasSize(7);
        assertThat(problems)
                .anySatisfy(p -> assertThat(p).startsWith("--boostrap: is not known; known are --bootstrap,"))
                .anySatisfy(
                        p -> assertThat(p).isEqualTo("bootstrap: is missing; give --bootstrap host:port[,host:port]"))
                .anySatisfy(p -> assertThat(p).isEqualTo("parallelism: 0 is no whole number in 1..1024"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo("checkpoint-every: 10s is no ISO 8601 duration in PT0.1S..PT24H, such as PT10S"))
                .anySatisfy(p -> assertThat(p).startsWith("early-within: PT-1S is no ISO 8601 duration in PT0S..PT24H"))
                .anySatisfy(p -> assertThat(p).startsWith("topic-prefix:").contains("change the topic prefix"))
                .anySatisfy(p -> assertThat(p).isEqualTo("--watermark-every: has no value; give one after it"));
    }

    @Test
    void saysWhatIsWrongWithKeysAndSchemasOfWriters(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("Capture.avsc"), "{");
        Path secret = Files.writeString(folder.resolve("key"), "c2hvcnQ=");

        assertThat(bad("--bootstrap", "a:1", "--signing-key-id", "k"))
                .singleElement()
                .asString()
                .isEqualTo("signing-key-file: is missing; a signing key has a name and a file: give both, or neither");
        assertThat(bad(
                        "--bootstrap",
                        "a:1",
                        "--signing-key-id",
                        "k",
                        "--signing-key-file",
                        secret.toString(),
                        "--writer-schemas",
                        folder.toString()))
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).startsWith("signing-key-file: signing key k has 5 bytes"))
                .anySatisfy(p -> assertThat(p).startsWith("writer-schemas: " + broken + " is no Avro schema"))
                .noneSatisfy(p -> assertThat(p).contains("c2hvcnQ"));
        assertThat(bad("--bootstrap", "a:1", "--writer-schemas", "/nowhere"))
                .singleElement()
                .asString()
                .isEqualTo("writer-schemas: /nowhere cannot be read; give a folder of .avsc files");
    }

    @Test
    void takesTheSchemasOfWriters(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("Capture.avsc"),
                io.tillwatch.schemas.record.Capture.getClassSchema().toString());

        assertThat(good("--bootstrap", "a:1", "--writer-schemas", folder.toString())
                        .writerSchemas())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--parallelism,1025",
        "--parallelism,many",
        "--checkpoint-every,PT0.099S",
        "--watermark-every,PT0S",
        "--early-within,PT24H0.001S",
        "--early-within,PT2562047788015215H",
        "--early-within,''",
        "--bootstrap,' '",
    })
    void refusesWhatIsOutOfBounds(String name, String value) {
        assertThat(bad("--bootstrap", "a:1", name, value))
                .singleElement()
                .asString()
                .startsWith(name.substring(2));
    }

    @ParameterizedTest
    @CsvSource({"--parallelism,1024", "--checkpoint-every,PT0.1S", "--watermark-every,PT0.001S", "--early-within,P1D"})
    void takesWhatIsAtABound(String name, String value) {
        assertThat(good("--bootstrap", "a:1", name, value)).isNotNull();
    }

    private static JobSettings good(String... args) {
        Result result = JobSettings.of(args, Map.of(), "own-group");
        assertThat(result).isInstanceOf(Result.Good.class);
        return ((Result.Good) result).settings();
    }

    private static List<String> bad(String... args) {
        Result result = JobSettings.of(args, Map.of(), "own-group");
        assertThat(result).isInstanceOf(Result.Bad.class);
        return ((Result.Bad) result).problems();
    }
}
