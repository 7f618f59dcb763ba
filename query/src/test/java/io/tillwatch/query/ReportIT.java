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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportIT {

    private static final String DAY = "day.";
    private static final String MARKUP = "markup.";
    private static final String NOTHING = "nothing.";
    private static final String NAMESAKES = "namesakes.";

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
            for (String prefix : List.of(DAY, MARKUP, NOTHING, NAMESAKES)) {
                topics.create(Given.partitions(prefix).entrySet().stream()
                        .map(topic -> new TopicSpec(topic.getKey(), topic.getValue(), Given.topicSettings()))
                        .toList());
            }
        }
        try (Given given = new Given(broker.bootstrapServers(), DAY)) {
            given.aDayAtTheTills();
            given.alert(
                    "p-1",
                    AlertType.CURRENCY_MISMATCH,
                    1,
                    AlertStatus.RAISED,
                    Cause.ACQUIRER,
                    "a-1",
                    "m-1",
                    "t-1",
                    2_000,
                    "GBP",
                    4);
            given.flush();
        }
        try (Given given = new Given(broker.bootstrapServers(), MARKUP)) {
            given.alert(
                    "p-<b>",
                    AlertType.CAPTURE_OVERDUE,
                    1,
                    AlertStatus.RAISED,
                    Cause.NETWORK,
                    "<script>alert(1)</script>",
                    "m&\"1\"",
                    "=1+1",
                    100,
                    "GBP",
                    0);
            given.flush();
        }
    }

    private static void namesakes() {
        try (Given given = new Given(broker.bootstrapServers(), NAMESAKES)) {
            for (int i = 0; i < 3; i++) {
                given.alert(
                        "p-" + i,
                        AlertType.CAPTURE_OVERDUE,
                        1,
                        AlertStatus.RAISED,
                        Cause.NETWORK,
                        i == 0 ? "a-1" : "a-2",
                        "m-1",
                        "t-1",
                        100 + i,
                        "GBP",
                        i);
            }
            given.flush();
        }
    }

    @Test
    void merchantsOfTheSameNameAtTwoAcquirersAreTwo() throws IOException {
        namesakes();
        Path output = directory.resolve("namesakes");
        assertThat(report(NAMESAKES, output).exit()).isZero();
        for (String kind : List.of("merchant", "terminal")) {
            String name = kind.charAt(0) + "-1";
            assertThat(output.resolve("alerts-by-" + kind + ".csv")).hasContent("""
                    acquirer,name,alerts,resolved,median,ninetieth,longest
                    a-2,%1$s,2,0,,,
                    a-1,%1$s,1,0,,,
                    """.formatted(name));
            assertThat(output.resolve("money-by-" + kind + ".csv")).hasContent("""
                    acquirer,name,currency,atRisk,open,recovered
                    a-1,%1$s,GBP,100,100,0
                    a-2,%1$s,GBP,203,203,0
                    """.formatted(name));
        }
        assertThat(Files.readString(output.resolve("report.html")))
                .contains(
                        "m-1 <span class=\"of\">a-1</span>",
                        "m-1 <span class=\"of\">a-2</span>",
                        "t-1 <span class=\"of\">a-2</span>");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void countsADayByHand() throws IOException {
        Path output = directory.resolve("day");
        Told told = report(DAY, output, "--to", "2026-03-02T13:00:00Z");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out().strip()).isEqualTo(output.resolve("report.html").toString());

        assertThat(output.resolve("alerts-by-type.csv")).hasContent("""
                name,alerts,resolved,median,ninetieth,longest
                CAPTURE_OVERDUE,2,1,1800000,1800000,1800000
                AUTHORIZATION_UNANSWERED,1,1,300000,300000,300000
                CURRENCY_MISMATCH,1,0,,,
                DUPLICATE_SETTLEMENT,1,0,,,
                """);
        assertThat(output.resolve("money-by-acquirer.csv"))
                .as("p-1 has two alerts, of which the larger counts; p-2 is over; p-4 was given back")
                .hasContent("""
                        name,currency,atRisk,open,recovered
                        a-1,GBP,14500,2500,0
                        a-2,JPY,4200,4200,0
                        a-2,KWD,7500,0,7500
                        """);
        String page = Files.readString(output.resolve("report.html"));
        assertThat(page)
                .contains("<b>5</b><span>alerts</span>", "<b>40 %</b><span>resolved: 2</span>", "<b>5 min</b>")
                .contains("145.00 GBP", "25.00 GBP", "4,200 JPY", "7.500 KWD")
                .contains("2026-03-02 12:00: 1 raised, 0 resolved", "2026-03-02 12:03: 1 raised, 1 resolved");
    }

    @Test
    void countsOnlyWhatWasRaisedInThePeriod() throws IOException {
        Path output = directory.resolve("part");
        Told told = report(DAY, output, "--from", "2026-03-02T12:01:00Z", "--to", "2026-03-02T12:03:00Z");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(output.resolve("alerts-by-terminal.csv"))
                .as("what was raised at the end is of the next period")
                .hasContent("""
                        acquirer,name,alerts,resolved,median,ninetieth,longest
                        a-1,t-2,1,1,1800000,1800000,1800000
                        a-2,t-3,1,0,,,
                        """);
        assertThat(report(DAY, output, "--from", "2026-03-03", "--zone", "Asia/Shanghai")
                        .exit())
                .isZero();
        assertThat(output.resolve("report.html")).content().contains("No alert was raised in this time.");
    }

    @Test
    void showsMarkupAsText() throws IOException {
        Path output = directory.resolve("markup");
        assertThat(report(MARKUP, output).exit()).isZero();
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "m&amp;&quot;1&quot;")
                .doesNotContain("<script");
        assertThat(Files.readString(output.resolve("alerts-by-terminal.csv")))
                .as("no spreadsheet runs what somebody has sent")
                .contains("'=1+1")
                .doesNotContain("\n=1+1");
    }

    @Test
    void speaksChineseAndEnglish() throws IOException {
        Path output = directory.resolve("both");
        Told told = report(DAY, output, "--language", "en,zh", "--to", "2026-03-02T13:00:00Z");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).contains("report.html", "report-zh.html");
        assertThat(Files.readString(output.resolve("report-zh.html")))
                .contains("lang=\"zh-Hans\"", "支付异常报告", "请款逾期", "145.00 GBP", "<b>5 分钟</b>")
                .doesNotContain("Currency", "CAPTURE_OVERDUE");
        assertThat(Files.readString(output.resolve("report.html"))).contains("lang=\"en\"", "Capture overdue");
        assertThat(report(DAY, output, "--language", "de").err()).contains("--language", "EN, ZH");
    }

    @Test
    void saysThatThereIsNothing() throws IOException {
        Path output = directory.resolve("nothing");
        assertThat(report(NOTHING, output).exit()).isZero();
        assertThat(output.resolve("report.html"))
                .content()
                .contains("<b>0</b><span>alerts</span>", "No alert was raised");
        assertThat(output.resolve("alerts-by-type.csv")).hasContent("name,alerts,resolved,median,ninetieth,longest");
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Told told = report(DAY, file, "--from", "yesterday", "--to", "2026-02-30", "--zone", "Mars");
        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err())
                .contains("--from yesterday is no time", "--to 2026-02-30 is no time", "--zone Mars is no time zone")
                .contains("file is a file: name a directory");
        assertThat(report(DAY, directory.resolve("x"), "--from", "2026-03-02", "--to", "2026-03-02")
                        .err())
                .contains("--from 2026-03-02 is not before --to 2026-03-02");
        assertThat(report(DAY, directory.resolve("x"), "--from", "3026-03-02").err())
                .contains("--from 3026-03-02 is not before now");
        Told underAFile = report(DAY, file.resolve("under"));
        assertThat(underAFile.exit()).isEqualTo(2);
        assertThat(underAFile.err()).contains("the report cannot be written into " + file.resolve("under"));
    }

    private static Told report(String prefix, Path output, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "report",
                "--bootstrap",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--output",
                output.toString(),
                "--snapshot",
                directory.resolve("snapshot-" + prefix).toString()));
        args.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = QueryMain.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args.toArray(String[]::new));
        return new Told(exit, out.toString(), err.toString());
    }
}
