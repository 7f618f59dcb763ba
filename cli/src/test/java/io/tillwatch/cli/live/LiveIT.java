package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Suspicion;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jobs in a process of their own against a real broker, killed in the middle. */
class LiveIT {

    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final long PAUSE_NANOS = Duration.ofMillis(1500).toNanos();
    private static final byte[] POISON = {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1};

    @TempDir
    private Path directory;

    /** Traps 4, 8, 12, 13, 18: what was raised before the kill, or is in the topics unread, ends as it should. */
    @Test
    void endsInTheSameAlertsAndCommandsThoughKilledInTheMiddle() throws Exception {
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 3, 2, false, "PT1S"));
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        try (system;
                producer) {
            producer.write(Lives.policy(), (metadata, error) -> {});
            producer.flush();
            system.startJobs();
            Traffic traffic = new Traffic(producer, new Lives(7, "it"), 7, 0.5);
            poison(system.bootstrapServers());
            Thread writer = new Thread(() -> traffic.run(15, Duration.ofSeconds(25)));
            writer.start();
            awaitAlerts(system, 20);
            system.killJobs();
            system.startJobs();
            writer.join();
            assertThat(traffic.failed()).isZero();

            long deadline = System.nanoTime() + WITHIN.toNanos();
            Expected expected = Expected.of(system.bootstrapServers(), Lives.LONGEST.toMillis());
            while (!alertsAsExpected(system, expected) && system.jobsAlive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE_NANOS);
                expected = Expected.of(system.bootstrapServers(), Lives.LONGEST.toMillis());
            }
            assertThat(alerts(system)).isEqualTo(rows(expected.alerts(), LiveIT::row));
            assertThat(commands(system)).isEqualTo(rows(expected.commands(), LiveIT::row));
            assertThat(suspicions(system)).isEqualTo(expected.suspicions());
            assertThat(deadLetters(system))
                    .containsOnly("poisoned authorizations UNREADABLE", "poisoned captures UNREADABLE");
            assertThat(traffic.truth().values()).contains(Fault.values());
        }
    }

    private static boolean alertsAsExpected(LocalSystem system, Expected expected) {
        return alerts(system).equals(rows(expected.alerts(), LiveIT::row))
                && commands(system).equals(rows(expected.commands(), LiveIT::row));
    }

    private static void awaitAlerts(LocalSystem system, int count) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (alerts(system).size() < count) {
            assertThat(System.nanoTime()).as("alerts come in time").isLessThan(deadline);
            assertThat(system.jobsAlive()).as("the jobs run").isTrue();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void poison(String bootstrapServers) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        try (producer) {
            for (Topic topic : List.of(Topic.AUTHORIZATIONS, Topic.CAPTURES)) {
                producer.send(new ProducerRecord<>(
                                topic.name(Topic.DEFAULT_PREFIX), "poisoned".getBytes(StandardCharsets.UTF_8), POISON))
                        .get();
            }
        }
    }

    private static Map<String, String> alerts(LocalSystem system) {
        Map<String, Alert> newest = new TreeMap<>();
        for (Alert alert : read(system, Topic.ALERTS, RecordType.ALERT)) {
            newest.merge(alert.getAlertId(), alert, (a, b) -> b.getRevision() >= a.getRevision() ? b : a);
        }
        return rows(newest, LiveIT::row);
    }

    private static Map<String, String> commands(LocalSystem system) {
        Map<String, Command> newest = new TreeMap<>();
        for (Topic topic : List.of(Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS)) {
            for (Command command : read(system, topic, RecordType.COMMAND)) {
                newest.merge(command.getCommandId(), command, (a, b) -> b.getIssue() >= a.getIssue() ? b : a);
            }
        }
        return rows(newest, LiveIT::row);
    }

    private static Set<String> suspicions(LocalSystem system) {
        return read(system, Topic.SUSPICIONS, RecordType.SUSPICION).stream()
                .map(LiveIT::row)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> deadLetters(LocalSystem system) {
        return TopicReader.all(system.bootstrapServers(), Topic.DEAD_LETTERS).stream()
                .map(letter -> text(letter.key()) + " " + header(letter, "feed") + " " + header(letter, "error"))
                .collect(Collectors.toSet());
    }

    private static <T extends SpecificRecordBase> List<T> read(LocalSystem system, Topic topic, RecordType<T> type) {
        RecordReader<T> reader = RecordReader.ofAny(List.of(new SingleObject()), type);
        return TopicReader.all(system.bootstrapServers(), topic).stream()
                .map(record -> ((Decoded.Value<T>) reader.read(record.value())).value())
                .toList();
    }

    private static <T> Map<String, String> rows(Map<String, T> values, Function<T, String> row) {
        Map<String, String> rows = new TreeMap<>();
        values.forEach((id, value) -> rows.put(id, row.apply(value)));
        return rows;
    }

    private static String row(Alert a) {
        return String.join(
                " ",
                a.getStatus().name(),
                "" + a.getRevision(),
                a.getSeverity().name(),
                "" + a.getAmount(),
                a.getCause().name(),
                a.getCommandId(),
                time(a.getAlertId(), a.getDetectedAt()));
    }

    /**
     * Suspicions do not hold the clock: one that is read behind it is taken when it is read, so what follows from it has its
     * content in every run, but not its millisecond.
     */
    private static String time(String alertId, Instant time) {
        return alertId.endsWith(":" + AlertType.DUPLICATE_AUTHORIZATION) ? "when read" : "" + time.toEpochMilli();
    }

    private static String row(Command c) {
        return String.join(
                " ",
                c.getStatus().name(),
                "" + c.getIssue(),
                c.getAction().name(),
                "" + c.getAmount(),
                c.getApproval().name(),
                "" + c.getApprovalReason(),
                time(c.getAlertId(), c.getIssuedAt()),
                time(c.getAlertId(), c.getNotBefore()),
                time(c.getAlertId(), c.getExpiresAt()));
    }

    private static String row(Suspicion s) {
        return s.getEventId() + " " + s.getOfPaymentId() + " " + s.getConfidence();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
