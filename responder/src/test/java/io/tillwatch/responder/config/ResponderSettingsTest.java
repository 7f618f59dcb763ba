package io.tillwatch.responder.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.CutOff;
import io.tillwatch.responder.profile.DeclineMeaning;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.responder.profile.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponderSettingsTest {

    private static final String GOOD = """
            kafka:
              bootstrap: kafka:9092
              settings:
                security.protocol: SSL
            database:
              url: jdbc:postgresql://db/tillwatch
            acquirers:
              "*":
                adapter: http
                endpoint: https://acquirer.example/api
                timeout: PT2S
                keysKept: PT0S
                declines:
                  "57": FAILED
            """;

    @TempDir
    private Path directory;

    @Test
    void readsAFileAndTakesDefaultsForTheRest() throws IOException {
        ResponderSettings settings = good(GOOD, Map.of());
        assertThat(settings.kafka().client())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SSL");
        assertThat(settings.kafka().topicPrefix()).isEqualTo("tillwatch.");
        assertThat(settings.journal().instance()).isEqualTo("here");
        assertThat(settings.database().connectionsMax())
                .isEqualTo(settings.engine().threads() + ResponderSettings.CONNECTIONS_BESIDE);
        Profile profile = settings.acquirers().get("*");
        assertThat(profile.tier()).as("without keys that are kept").isEqualTo(Tier.B);
        assertThat(profile.adapter().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(profile.adapter()).isInstanceOf(AdapterSettings.Http.class);
        assertThat(profile.meaning("57")).isEqualTo(DeclineMeaning.FAILED);
        assertThat(profile.meaning("58")).isEqualTo(DeclineMeaning.UNKNOWN);
        assertThat(profile.meaning("TRY_LATER")).isEqualTo(DeclineMeaning.UNKNOWN);
    }

    @Test
    void readsWhenAnAcquirerClosesItsDay() throws IOException {
        Profile profile = good(
                        GOOD.replace("timeout: PT2S", "timeout: PT2S\n    cutOff: \"23:00\"\n    zone: Europe/Berlin"),
                        Map.of())
                .acquirers()
                .get("*");
        assertThat(profile.cutOff())
                .contains(new CutOff(LocalTime.of(23, 0), ZoneId.of("Europe/Berlin"), CutOff.MARGIN_DEFAULT));
    }

    @Test
    void letsTheEnvironmentOverrule() throws IOException {
        Map<String, String> environment = Map.of(
                "TILLWATCH_BOOTSTRAP", "other:9092",
                "TILLWATCH_TOPIC_PREFIX", "x.",
                "TILLWATCH_INSTANCE", "r-7",
                "TILLWATCH_DATABASE_URL", "jdbc:postgresql://other/db",
                "TILLWATCH_DATABASE_PASSWORD", "secret");
        ResponderSettings settings = good(GOOD, environment);
        assertThat(settings.kafka().client()).containsEntry("bootstrap.servers", "other:9092");
        assertThat(settings.kafka().topicPrefix()).isEqualTo("x.");
        assertThat(settings.journal().instance()).isEqualTo("r-7");
        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://other/db");
        assertThat(settings.database().toString()).doesNotContain("secret");
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws IOException {
        List<String> problems = bad("""
                kafka:
                  topicPrefix: "a b"
                database:
                  url: mysql://db
                  connectionsMax: 5
                engine:
                  threads: many
                  pollEvry: PT1S
                journal:
                  lease: 10s
                approval:
                  fourEyesAbove: -1
                signing:
                  keys:
                    k1: /nowhere/key
                acquirers:
                  A:
                    adapter: smoke
                    attemptsMax: 0
                    cutOff: "25:00"
                    zone: Nowhere
                  B:
                    adapter: http
                    endpoint: acquirer
                    zone: Europe/Berlin
                    declines:
                      X: PERHAPS
                  C:
                    adapter: simulated
                    endpoint: https://acquirer.example
                """);
        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("kafka.bootstrap: is missing"))
                .anyMatch(problem -> problem.startsWith("kafka.topicPrefix: "))
                .anyMatch(problem -> problem.startsWith("database.url: "))
                .anyMatch(problem -> problem.startsWith("database.connectionsMax: "))
                .anyMatch(problem -> problem.startsWith("engine.threads: is no whole number in 2.."))
                .anyMatch(problem -> problem.startsWith("engine.pollEvry: is not known here"))
                .anyMatch(problem -> problem.startsWith("journal.lease: is no ISO 8601 duration"))
                .anyMatch(problem -> problem.startsWith("approval.fourEyesAbove: "))
                .anyMatch(problem -> problem.startsWith("signing.keys.k1: "))
                .anyMatch(problem -> problem.startsWith("acquirers.A.adapter: is none of"))
                .anyMatch(problem -> problem.startsWith("acquirers.A.attemptsMax: "))
                .anyMatch(problem -> problem.startsWith("acquirers.A.cutOff: is no time of a day"))
                .anyMatch(problem -> problem.startsWith("acquirers.A.zone: is no time zone"))
                .anyMatch(problem -> problem.startsWith("acquirers.B.cutOff: is missing"))
                .anyMatch(problem -> problem.startsWith("acquirers.C.endpoint: is not on this machine"))
                .anyMatch(problem -> problem.startsWith("acquirers.B.endpoint: "))
                .anyMatch(problem -> problem.startsWith("acquirers.B.declines.X: is none of"));
    }

    @Test
    void refusesALeaseThatAnExchangeMayOutlast() throws IOException {
        assertThat(bad(GOOD.replace("timeout: PT2S", "timeout: PT30S")))
                .singleElement()
                .asString()
                .startsWith("journal.lease: PT1M is shorter than three exchanges with acquirer *");
    }

    @Test
    void refusesWhatIsNoFileOrNoYaml() throws IOException {
        ResponderSettings.Result missing = ResponderSettings.read(directory.resolve("none"), Map.of(), "here");
        assertThat(missing).isInstanceOf(ResponderSettings.Result.Bad.class);
        assertThat(bad("a: [")).hasSize(1);
        assertThat(bad("- a list")).isNotEmpty();
    }

    private ResponderSettings good(String text, Map<String, String> environment) throws IOException {
        ResponderSettings.Result result = read(text, environment);
        assertThat(result).isInstanceOf(ResponderSettings.Result.Good.class);
        return ((ResponderSettings.Result.Good) result).settings();
    }

    private List<String> bad(String text) throws IOException {
        ResponderSettings.Result result = read(text, Map.of());
        assertThat(result).isInstanceOf(ResponderSettings.Result.Bad.class);
        return ((ResponderSettings.Result.Bad) result).problems();
    }

    private ResponderSettings.Result read(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("responder.yaml"), text);
        return ResponderSettings.read(file, environment, "here");
    }
}
