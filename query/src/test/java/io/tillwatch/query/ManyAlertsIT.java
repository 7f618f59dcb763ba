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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How long questions take when there are many alerts: {@code -Dtillwatch.alerts=1000000}. What is measured is printed. */
@EnabledIfSystemProperty(named = "tillwatch.alerts", matches = "[0-9]+")
class ManyAlertsIT {

    private static final int AT_ONCE = 20_000;
    private static final List<String> QUESTIONS = List.of(
            "SELECT count(*) AS alerts FROM alerts",
            "SELECT type, status, count(*) AS alerts FROM alerts GROUP BY type, status ORDER BY alerts",
            "SELECT acquirerId, money(sum(amount), currency) AS at_risk FROM alerts WHERE status = 'RAISED'"
                    + " GROUP BY acquirerId, currency ORDER BY acquirerId",
            "SELECT merchantId, count(*) AS alerts FROM alerts GROUP BY merchantId ORDER BY alerts DESC LIMIT 10",
            "SELECT type, median(resolvedAt - raisedAt) AS median FROM alert_lives GROUP BY type ORDER BY type");

    @TempDir
    private Path directory;

    @Test
    void answersAboutAllOfThem() {
        int alerts = Integer.getInteger("tillwatch.alerts");
        try (KafkaBroker broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(512)
                .withQuickStart())) {
            broker.start();
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.create(Given.partitions("many.").entrySet().stream()
                        .map(topic -> new TopicSpec(topic.getKey(), topic.getValue(), Given.topicSettings()))
                        .toList());
            }
            write(broker.bootstrapServers(), alerts);
            Timed reading = ask(broker.bootstrapServers(), QUESTIONS.get(0), "--format", "csv");
            assertThat(reading.out()).isEqualTo("alerts\r\n" + alerts + "\r\n");
            List<Timed> asked = Stream.concat(QUESTIONS.stream(), QUESTIONS.stream())
                    .map(question -> ask(broker.bootstrapServers(), question, "--offline"))
                    .toList();
            System.out.println(
                    alerts + " alerts: read and first answer " + reading.took().toMillis() + " ms; then "
                            + asked.stream()
                                    .map(timed -> timed.took().toMillis() + " ms")
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static void write(String bootstrap, int alerts) {
        try (Given given = new Given(bootstrap, "many.")) {
            AlertType[] types = AlertType.values();
            for (int i = 0; i < alerts; i++) {
                AlertType type = types[i % types.length];
                boolean cleared = i % 3 == 0;
                String acquirer = "a-" + i % 7;
                String merchant = "m-" + i % 1_000;
                String terminal = "t-" + i % 5_000;
                given.alert(
                        "p-" + i,
                        type,
                        1,
                        AlertStatus.RAISED,
                        Cause.NETWORK,
                        acquirer,
                        merchant,
                        terminal,
                        i + 1,
                        "GBP",
                        0);
                if (cleared) {
                    given.alert(
                            "p-" + i,
                            type,
                            2,
                            AlertStatus.CLEARED,
                            Cause.NETWORK,
                            acquirer,
                            merchant,
                            terminal,
                            i + 1,
                            "GBP",
                            9);
                }
                if (i % AT_ONCE == 0) {
                    given.flush();
                }
            }
            given.flush();
        }
    }

    private record Timed(String out, Duration took) {}

    private Timed ask(String bootstrap, String question, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = QueryMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> args = Stream.concat(
                        Stream.of(
                                "query",
                                question,
                                "--bootstrap",
                                bootstrap,
                                "--topic-prefix",
                                "many.",
                                "--snapshot",
                                directory.resolve("snapshot").toString()),
                        Stream.of(more))
                .toList();
        long began = System.nanoTime();
        int exit = line.execute(args.toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(exit).as(err.toString()).isZero();
        return new Timed(out.toString(), took);
    }
}
