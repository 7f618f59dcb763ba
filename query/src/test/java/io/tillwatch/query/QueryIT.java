package io.tillwatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.testkit.topics.Given;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QueryIT {

    private static final Path DOCUMENTATION = Path.of("..", "docs", "query.md");
    private static final Pattern EXAMPLE = Pattern.compile("```sql\\n(.*?)```\\s*```text\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static TopicAdmin topics;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        topics = new TopicAdmin(broker.bootstrapServers());
        createTopics("day.");
        try (Given given = new Given(broker.bootstrapServers(), "day.")) {
            given.aDayAtTheTills();
        }
    }

    @AfterAll
    static void stopBroker() {
        topics.close();
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void answersTheWorkedExamplesAsTheDocumentationSays() throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENTATION));
        List<String> asked = new ArrayList<>();
        while (examples.find()) {
            Told told = ask("day.", examples.group(1));
            assertThat(told.exit()).as(examples.group(1) + told.err()).isZero();
            assertThat(told.out()).as(examples.group(1)).isEqualTo(examples.group(2));
            asked.add(examples.group(1));
        }
        assertThat(asked).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void readsOnlyWhatIsNewAtTheNextQuestion() {
        createTopics("again.");
        String count = "SELECT count(*) AS n FROM alerts";
        try (Given given = new Given(broker.bootstrapServers(), "again.")) {
            alert(given, "p-1");
            assertThat(ask("again.", count, "--format", "csv").err()).contains("1 records read");
            assertThat(ask("again.", count, "--format", "csv").err()).doesNotContain("records read");
            alert(given, "p-2");
            Told third = ask("again.", count, "--format", "csv");
            assertThat(third.err()).contains("1 records read");
            assertThat(third.out()).isEqualTo("n\r\n2\r\n");
        }
        assertThat(ask("again.", count, "--format", "csv", "--fresh").err()).contains("2 records read");
    }

    @Test
    void noticesATopicThatWasMadeAnew() {
        createTopics("anew.");
        try (Given given = new Given(broker.bootstrapServers(), "anew.")) {
            alert(given, "old");
            assertThat(ask("anew.", "SELECT paymentId FROM alerts", "--format", "csv")
                            .out())
                    .contains("old");
            topics.delete(List.of("anew.alerts"));
            topics.create(List.of(new TopicSpec("anew.alerts", 2, Given.topicSettings())));
        }
        try (Given given = new Given(broker.bootstrapServers(), "anew.")) {
            alert(given, "new-1");
            alert(given, "new-2");
            Told told = ask("anew.", "SELECT paymentId FROM alerts ORDER BY ALL", "--format", "csv");
            assertThat(told.err()).contains("Topic anew.alerts was made anew");
            assertThat(told.out()).isEqualTo("paymentId\r\nnew-1\r\nnew-2\r\n");
        }
    }

    @Test
    void keepsCardNumbersAndGarbageOut() {
        createTopics("cards.");
        try (Given given = new Given(broker.bootstrapServers(), "cards.")) {
            given.authorize("p-1", "a-1", "4111111111111111", "t-1", 100, "GBP");
            given.authorize("p-2", "a-1", "m-1", "t-1", 100, "GBP");
            given.flush();
        }
        Told told = ask("cards.", "SELECT paymentId FROM authorization_log", "--format", "csv");
        assertThat(told.out()).isEqualTo("paymentId\r\np-2\r\n");
        assertThat(told.err()).contains("2 records read, 1 of them kept out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "COPY (SELECT 1) TO '/tmp/tillwatch-stolen.csv'",
                "EXPORT DATABASE '/tmp/tillwatch-stolen'",
                "ATTACH '/tmp/tillwatch-stolen.db' AS other",
                "SET enable_external_access = true",
                "INSTALL httpfs",
                "DELETE FROM alert_history",
                "DROP TABLE alert_history",
                "SELECT 1; DROP VIEW alerts",
                "SELEC 1",
                "SELECT nothing FROM alerts"
            })
    void refusesWhatIsNoQuestionToTheTables(String statement) {
        Told told = ask("day.", statement);
        assertThat(told.exit()).as(told.out()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains("rror").doesNotContain("\tat ");
        assertThat(Files.exists(Path.of("/tmp/tillwatch-stolen.csv"))).isFalse();
        assertThat(ask("day.", "SELECT count(*) FROM alert_history", "--format", "csv")
                        .out())
                .contains("5");
    }

    @Test
    void writesTheAnswerAsParquetAndNothingElse() throws SQLException {
        Path file = directory.resolve("it's.parquet");
        Told told = ask("day.", "SELECT alertId, amount FROM alerts;", "--output", file.toString());
        assertThat(told.err()).contains("4 rows written");
        try (Connection reader = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows = reader.createStatement()
                        .executeQuery(
                                "SELECT sum(amount) FROM '" + file.toString().replace("'", "''") + "'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(2_500 + 12_000 + 4_200 + 7_500);
        }
        Told elsewhere = ask("day.", "SELECT 1) TO '/tmp/tillwatch-stolen.csv'; --", "--output", file.toString());
        assertThat(elsewhere.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(Files.exists(Path.of("/tmp/tillwatch-stolen.csv"))).isFalse();
    }

    @Test
    void letsTwoProcessesAskAtOnceAndReadsEachRecordOnce() throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                QueryMain.class.getName(),
                                "query",
                                "SELECT count(*) AS n FROM alert_history",
                                "--format",
                                "csv",
                                "--bootstrap",
                                broker.bootstrapServers(),
                                "--topic-prefix",
                                "day.",
                                "--snapshot",
                                directory.resolve("shared").toString())
                        .redirectError(
                                directory.resolve("process-" + i + ".err").toFile())
                        .start());
            }
            for (Process process : processes) {
                assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("n\r\n5\r\n");
                assertThat(process.waitFor()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        Told told = run("query", " ", "--zone", "Mars/North", "--output", "answer.txt");
        assertThat(told.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err())
                .contains("give --bootstrap host:port", "--zone Mars/North", "the question is empty", ".parquet");
    }

    @Test
    void saysThatKafkaIsNotThere() {
        Told told = run(
                "query",
                "SELECT 1",
                "--bootstrap",
                "127.0.0.1:1",
                "--kafka",
                "default.api.timeout.ms=500",
                "--kafka",
                "request.timeout.ms=500",
                "--snapshot",
                directory.resolve("nowhere").toString());
        assertThat(told.exit()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(told.err()).contains("Look whether Kafka is there");
    }

    private static void createTopics(String prefix) {
        topics.create(Given.partitions(prefix).entrySet().stream()
                .map(topic -> new TopicSpec(topic.getKey(), topic.getValue(), Given.topicSettings()))
                .toList());
    }

    private static void alert(Given given, String payment) {
        given.alert(
                payment, AlertType.CAPTURE_OVERDUE, 1, AlertStatus.RAISED, Cause.NETWORK, "a", "m", "t", 100, "GBP", 0);
        given.flush();
    }

    private static Told ask(String prefix, String sql, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "query",
                sql,
                "--bootstrap",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--snapshot",
                directory.resolve("of-" + prefix).toString()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Told run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = QueryMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args);
        return new Told(exit, out.toString(), err.toString());
    }
}
