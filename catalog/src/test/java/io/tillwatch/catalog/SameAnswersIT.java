package io.tillwatch.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.catalog.follow.FollowMain;
import io.tillwatch.query.QueryMain;
import io.tillwatch.testkit.topics.Given;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The two engines are asked the same of the same topics. */
@Timeout(120)
class SameAnswersIT {

    private static final Path DOCUMENTATION = Path.of("..", "docs", "query.md");
    private static final Pattern EXAMPLE = Pattern.compile("```sql\\n(.*?)```\\s*```text\\n", Pattern.DOTALL);

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
            for (String prefix : List.of("day.", "cards.")) {
                topics.create(Given.partitions(prefix).entrySet().stream()
                        .map(topic -> new TopicSpec(topic.getKey(), topic.getValue(), Given.topicSettings()))
                        .toList());
            }
        }
        try (Given given = new Given(broker.bootstrapServers(), "day.")) {
            given.aDayAtTheTills();
        }
        try (Given given = new Given(broker.bootstrapServers(), "cards.")) {
            given.authorize("p-1", "a-1", "4111111111111111", "t-1", 100, "GBP");
            given.authorize("p-2", "a-1", "m-1", "t-1", 100, "GBP");
            given.flush();
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void answersTheWorkedExamplesAsTheSnapshotDoes() throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENTATION));
        int asked = 0;
        while (examples.find()) {
            String question = examples.group(1);
            Told snapshot = askSnapshot("day.", question);
            assertThat(snapshot.exit()).as(question + snapshot.err()).isZero();
            Told followed = follow("day.", inFlinksWords(question), "--until-now", "--format", "csv");
            assertThat(followed.exit()).as(question + followed.err()).isZero();
            assertThat(standing(followed.out()))
                    .as(question)
                    .containsExactlyInAnyOrderElementsOf(lines(snapshot.out()));
            asked++;
        }
        assertThat(asked).isGreaterThanOrEqualTo(10);
    }

    /** What the documentation says has another word in Flink; and what goes on is in no order. */
    private static String inFlinksWords(String question) {
        return question.replaceAll("ORDER BY .*\\s*$", "")
                .replace(" // ", " / ")
                .replaceAll(
                        "median\\(date_diff\\('minute', (\\w+), (\\w+)\\)\\)",
                        "PERCENTILE(TIMESTAMPDIFF(MINUTE, $1, $2), 0.5)");
    }

    /** The lines that stand when all changes are made, and the line of names. */
    private static List<String> standing(String csv) {
        List<String> standing = new ArrayList<>();
        for (String line : lines(csv)) {
            String row = line.substring(line.indexOf(',') + 1);
            if (line.startsWith("-")) {
                assertThat(standing.remove(row)).as("taken back: %s", row).isTrue();
            } else {
                standing.add(row);
            }
        }
        return standing;
    }

    private static List<String> lines(String csv) {
        return Arrays.asList(csv.split("\r\n"));
    }

    @Test
    void hasTheTablesAndColumnsOfTheSnapshot() {
        String asked = "SELECT table_name, column_name, data_type FROM information_schema.columns"
                + " WHERE table_name NOT IN ('positions', 'layout') ORDER BY table_name, ordinal_position";
        Map<String, List<String>> snapshot = new TreeMap<>();
        for (String line :
                lines(askSnapshot("day.", asked).out()).stream().skip(1).toList()) {
            String[] cells = line.split(",", 3);
            snapshot.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(cells[1] + " " + cells[2]);
        }
        TableEnvironment tables = tables("day.");
        Map<String, List<String>> catalog = new TreeMap<>();
        for (String table : tables.listTables()) {
            catalog.put(
                    table,
                    tables.from(table).getResolvedSchema().getColumns().stream()
                            .map(SameAnswersIT::inTheSnapshotsWords)
                            .toList());
        }
        snapshot.replaceAll((table, columns) -> columns.stream()
                .map(column -> column.replaceAll(" JSON$", " VARCHAR"))
                .toList());
        assertThat(catalog).isEqualTo(snapshot);
    }

    private static String inTheSnapshotsWords(Column column) {
        return column.getName() + " "
                + switch (column.getDataType().getLogicalType().getTypeRoot()) {
                    case VARCHAR -> "VARCHAR";
                    case INTEGER -> "INTEGER";
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP WITH TIME ZONE";
                    default -> column.getDataType().getLogicalType().copy(true).toString();
                };
    }

    @Test
    void keepsOutWhatTheDetectorRefuses() {
        Told told = follow("cards.", "SELECT paymentId FROM authorization_log", "--until-now", "--format", "json");
        assertThat(told.out()).isEqualTo("{\"op\":\"+I\",\"paymentId\":\"p-2\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE mine (a INT)",
                "CREATE VIEW mine AS SELECT 1",
                "CREATE DATABASE mine",
                "DROP TABLE alert_history",
                "DROP VIEW alerts",
                "DROP DATABASE main",
                "ALTER TABLE alert_history RENAME TO other",
                "INSERT INTO alert_history SELECT * FROM alert_history"
            })
    void refusesEveryChange(String statement) {
        TableEnvironment tables = tables("day.");
        assertThat(catchThrowable(() -> tables.executeSql(statement))).isNotNull();
        assertThat(tables.listTables()).contains("alert_history", "alerts").doesNotContain("mine", "other");
        assertThat(tables.listDatabases()).containsExactly("main");
    }

    @Test
    void saysAllThatIsWrongWithItsOptionsAtOnce() {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        assertThat(
                        catchThrowable(
                                () -> tables.executeSql(
                                        "CREATE CATALOG t WITH ('type' = 'tillwatch', 'form' = 'latest', 'from' = 'noon', 'bounded' = 'yes')")))
                .isInstanceOf(ValidationException.class)
                .rootCause()
                .hasMessageContainingAll("'form'", "'from'", "'bounded'", "give 'bootstrap.servers'");
    }

    /** As in the SQL client, or over a gateway. */
    private static TableEnvironment tables(String prefix) {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.executeSql("CREATE CATALOG tillwatch WITH ('type' = 'tillwatch', 'bootstrap.servers' = '"
                + broker.bootstrapServers() + "', 'topic-prefix' = '" + prefix + "')");
        tables.executeSql("USE CATALOG tillwatch");
        return tables;
    }

    private static Told askSnapshot(String prefix, String question) {
        return run(
                QueryMain.commandLine(),
                "query",
                question,
                "--format",
                "csv",
                "--bootstrap",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--snapshot",
                directory.resolve("of-" + prefix).toString());
    }

    private static Told follow(String prefix, String question, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "query", question, "--follow", "--bootstrap", broker.bootstrapServers(), "--topic-prefix", prefix));
        args.addAll(List.of(more));
        return run(FollowMain.commandLine(), args.toArray(String[]::new));
    }

    private static Told run(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args);
        return new Told(exit, out.toString(), err.toString());
    }
}
