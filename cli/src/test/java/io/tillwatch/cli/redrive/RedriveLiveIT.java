package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.Tillwatch;
import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.cli.live.Lives;
import io.tillwatch.cli.live.LocalSystem;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the real jobs make of records that were sent back. */
@Timeout(300)
class RedriveLiveIT {

    private static final long WITHIN_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();
    private static final String OVERDUE = "RAISED SETTLEMENT_OVERDUE";

    @TempDir
    private Path directory;

    private LocalSystem system;

    @Test
    void clearsWhatWasRaisedForTheRefusedRecordAndRaisesNothingElse() throws Exception {
        LocalSystem started = LocalSystem.start(new LocalSystem.Plan(directory, 2, 2, false, "PT1S"));
        system = started;
        FeedProducer feeds = new FeedProducer(system.bootstrapServers());
        try (started;
                feeds) {
            write(feeds, Lives.policy());
            write(
                    feeds,
                    Policy.newBuilder()
                            .setScope("merchant:patient")
                            .setSettleWithin(Duration.ofHours(1).toMillis())
                            .build());
            system.startJobs();
            Instant now = Instant.now();
            write(feeds, Refused.sale("late", now).build());
            write(feeds, Refused.settlement("late", now).setAmount(0).build());
            write(feeds, Refused.sale("soon", now).setMerchantId("patient").build());
            write(
                    feeds,
                    Refused.settlement("soon", now)
                            .setMerchantId("patient")
                            .setAmount(0)
                            .build());
            await("both are refused", () -> redrive("list").contains("2 letters wait"));
            await("the one is overdue", () -> alerts("late").contains("1 " + OVERDUE));
            assertThat(commands("late")).containsExactly("1 ISSUED RETRY_SETTLEMENT REQUIRED TAINTED");

            Path file = directory.resolve("letters.jsonl");
            redrive("export", "--out", file.toString());
            Files.writeString(file, Files.readString(file).replace("\"amount\":0", "\"amount\":1250"));
            assertThat(redrive("send", "--in", file.toString(), "--yes")).contains("2 sent back (2 to settlements)");
            await("it is cleared", () -> alerts("late").contains("2 CLEARED SETTLEMENT_OVERDUE"));
            await(
                    "its command is withdrawn",
                    () -> commands("late").contains("2 WITHDRAWN RETRY_SETTLEMENT REQUIRED TAINTED"));

            // A redelivery changes nothing; nor is it a second settlement.
            assertThat(redrive("send", "--in", file.toString(), "--yes", "--again"))
                    .contains("2 sent back (2 to settlements)");
            write(feeds, Refused.sale("canary", Instant.now()).build());
            await("the clock has passed it all", () -> alerts("canary").contains("1 " + OVERDUE));
            assertThat(alerts("late")).containsExactly("1 " + OVERDUE, "2 CLEARED SETTLEMENT_OVERDUE");
            assertThat(commands("late"))
                    .containsExactly(
                            "1 ISSUED RETRY_SETTLEMENT REQUIRED TAINTED",
                            "2 WITHDRAWN RETRY_SETTLEMENT REQUIRED TAINTED");
            assertThat(alerts("soon")).isEmpty();
            assertThat(commands("soon")).isEmpty();
            assertThat(redrive("list")).contains("0 letters wait");
        }
    }

    private Set<String> alerts(String paymentId) {
        Set<String> alerts = new TreeSet<>();
        for (Alert alert : read(Topic.ALERTS, RecordType.ALERT)) {
            if (paymentId.equals(alert.getPaymentId())) {
                alerts.add(alert.getRevision() + " " + alert.getStatus() + " " + alert.getType());
            }
        }
        return alerts;
    }

    private Set<String> commands(String paymentId) {
        List<Command> all = new ArrayList<>(read(Topic.RETRY_COMMANDS, RecordType.COMMAND));
        all.addAll(read(Topic.REVERSAL_COMMANDS, RecordType.COMMAND));
        all.sort(Comparator.comparing(Command::getIssue));
        Set<String> commands = new TreeSet<>();
        for (Command command : all) {
            if (paymentId.equals(command.getPaymentId())) {
                commands.add(command.getIssue() + " " + command.getStatus() + " " + command.getAction() + " "
                        + command.getApproval() + " " + command.getApprovalReason());
            }
        }
        return commands;
    }

    private <T extends SpecificRecordBase> List<T> read(Topic topic, RecordType<T> type) {
        List<T> records = new ArrayList<>();
        new TopicScan(Map.of("bootstrap.servers", system.bootstrapServers()), Topic.DEFAULT_PREFIX)
                .read(topic, record -> {
                    if (new SingleObject().reader(type).read(record.value()) instanceof Decoded.Value<T> read) {
                        records.add(read.value());
                    }
                });
        return records;
    }

    private static void write(FeedProducer feeds, SpecificRecordBase record) {
        feeds.write(record, (metadata, error) -> assertThat(error).isNull());
        feeds.flush();
    }

    private void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN_NANOS);
            assertThat(system.jobsAlive()).as("the jobs run").isTrue();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String redrive(String... args) {
        List<String> all = new ArrayList<>(List.of("redrive"));
        all.addAll(List.of(args));
        all.addAll(List.of("--bootstrap", system.bootstrapServers()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Tillwatch.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        assertThat(line.execute(all.toArray(String[]::new))).as(err.toString()).isZero();
        return out.toString();
    }
}
