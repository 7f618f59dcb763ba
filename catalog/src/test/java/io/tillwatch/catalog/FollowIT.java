package io.tillwatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.catalog.follow.FollowMain;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.testkit.topics.Given;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Questions as they are asked at a terminal. */
@Timeout(120)
class FollowIT {

    private static final Path LAUNCHER =
            Path.of("..", "tillwatch").toAbsolutePath().normalize();

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.create(Given.partitions("tillwatch.").entrySet().stream()
                    .map(topic -> new TopicSpec(topic.getKey(), topic.getValue(), Given.topicSettings()))
                    .toList());
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void showsWhatChangesAsItChangesUntilItIsInterrupted() throws IOException, InterruptedException {
        Path errors = directory.resolve("follow.err");
        Process process = launch(
                errors,
                "query",
                "SELECT status, count(*) AS alerts FROM alerts WHERE paymentId LIKE 'followed-%' GROUP BY status",
                "--follow",
                "--format",
                "csv",
                "--bootstrap",
                broker.bootstrapServers());
        try (Given given = new Given(broker.bootstrapServers(), "tillwatch.");
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).as(Files.readString(errors)).isEqualTo("op,status,alerts");
            alert(given, 1, AlertStatus.RAISED);
            assertThat(out.readLine()).isEqualTo("+I,RAISED,1");
            alert(given, 2, AlertStatus.CLEARED);
            assertThat(List.of(out.readLine(), out.readLine()))
                    .containsExactlyInAnyOrder("-D,RAISED,1", "+I,CLEARED,1");
            interrupt(process);
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(errors)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void alert(Given given, int revision, AlertStatus status) {
        given.alert(
                "followed-1",
                AlertType.CAPTURE_OVERDUE,
                revision,
                status,
                Cause.NETWORK,
                "a",
                "m",
                "t",
                100,
                "GBP",
                revision);
        given.flush();
    }

    /** As Ctrl-C does. */
    private static void interrupt(Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void asksTheSnapshotThroughTheLauncherToo() throws IOException, InterruptedException {
        try (Given given = new Given(broker.bootstrapServers(), "tillwatch.")) {
            given.authorize("asked-1", "a-1", "m-1", "t-1", 2_500, "GBP");
            given.flush();
        }
        Path errors = directory.resolve("query.err");
        Process process = launch(
                errors,
                "query",
                "SELECT paymentId, money(amount, currency) AS amount FROM authorizations",
                "--bootstrap",
                broker.bootstrapServers(),
                "--snapshot",
                directory.resolve("snapshot").toString(),
                "--format",
                "json");
        try {
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(Files.readString(errors))
                    .isEqualTo("{\"paymentId\":\"asked-1\",\"amount\":\"25.00 GBP\"}\n");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process launch(Path errors, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            SELECT * FROM alerts ORDER BY amount                                | cannot be sorted as a whole
            SELECT type, count(*) FROM alerts GROUP BY ALL                      | no GROUP BY ALL
            SELECT amount::VARCHAR FROM alerts                                  | no GROUP BY ALL
            SELECT PaymentID FROM alerts                                        | names are exact
            SELECT * FROM payments                                              | The tables are those of docs/query.md
            SELECT median(amount) FROM alerts                                   | other functions
            INSERT INTO alert_history SELECT * FROM alert_history               | This is no question
            DROP TABLE alert_history                                            | This is no question
            SELECT * FROM alert_history /*+ OPTIONS('topic'='other') */         | OPTIONS
            SELECT * FROM alerts MATCH_RECOGNIZE (ORDER BY writtenAt MEASURES A.alertId AS a PATTERN (A) DEFINE A AS A.amount > 1) | ask alert_history
            """)
    void saysWhatFlinkCannotDoAndWhatToDoInstead(String question, String said) {
        Told told = run("query", question, "--follow", "--until-now", "--bootstrap", broker.bootstrapServers());
        assertThat(told.exit()).as(told.err()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains(said).doesNotContain("\tat ");
        assertThat(told.out()).isEmpty();
    }

    @Test
    void countsByTheHourOfTheLog() {
        try (Given given = new Given(broker.bootstrapServers(), "tillwatch.")) {
            alert(given, 1, AlertStatus.RAISED);
        }
        Told told = run(
                "query",
                "SELECT sum(n) > 0 AS any_hour FROM (SELECT window_start, count(*) AS n FROM TUMBLE(TABLE alert_history,"
                        + " DESCRIPTOR(writtenAt), INTERVAL '1' HOUR) GROUP BY window_start, window_end)",
                "--follow",
                "--until-now",
                "--format",
                "json",
                "--bootstrap",
                broker.bootstrapServers());
        assertThat(told.err()).isEmpty();
        assertThat(told.out()).startsWith("{\"op\":\"+I\",\"any_hour\":true}");
    }

    @Test
    void saysThatATopicOrKafkaIsNotThere() {
        Told topic = run(
                "query",
                "SELECT * FROM alerts",
                "--follow",
                "--bootstrap",
                broker.bootstrapServers(),
                "--topic-prefix",
                "other.");
        assertThat(topic.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(topic.err()).contains("other.alerts", "look at the topic prefix");
        Told kafka = run(
                "query",
                "SELECT * FROM alerts",
                "--follow",
                "--bootstrap",
                "127.0.0.1:1",
                "--kafka",
                "default.api.timeout.ms=500",
                "--kafka",
                "request.timeout.ms=500");
        assertThat(kafka.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(kafka.err()).contains("look whether it is there");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        Told told =
                run("query", " ", "--follow", "--zone", "Mars/North", "--from", "noon", "--bootstrap", "127.0.0.1:1");
        assertThat(told.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains("--zone Mars/North", "--from noon", "the question is empty");
    }

    private static Told run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = FollowMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args);
        return new Told(exit, out.toString(), err.toString());
    }
}
