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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/** What the jobs of a system have written, a line for each result in its newest revision, to be held against {@link Expected}. */
final class Observed {

    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final long PAUSE_NANOS = Duration.ofMillis(1500).toNanos();

    private final LocalSystem system;
    private final boolean atOnePace;

    Observed(LocalSystem system) {
        this(system, true);
    }

    /**
     * @param atOnePace whether what is read is taken in its order of arrival. If not, as when both jobs were stopped and
     *     have much to read, a thing is told with its identity and content, but perhaps not its millisecond; and what follows
     *     from a suspicion perhaps not with its content: a payment that was settled meanwhile is refunded instead of reversed
     */
    Observed(LocalSystem system, boolean atOnePace) {
        this.system = system;
        this.atOnePace = atOnePace;
    }

    /** Waits until all is written that the feeds' topics ask for, and fails with the difference when it is not in time. */
    void awaitExpected() {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        Expected expected = expected();
        while (!asExpected(expected) && system.jobsAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            expected = expected();
        }
        assertThat(alerts()).isEqualTo(alertRows(expected.alerts()));
        assertThat(commands()).isEqualTo(commandRows(expected.commands()));
        assertThat(suspicions()).isEqualTo(expected.suspicions());
    }

    private Expected expected() {
        return Expected.of(system.bootstrapServers(), Lives.LONGEST.toMillis());
    }

    private boolean asExpected(Expected expected) {
        return alerts().equals(alertRows(expected.alerts())) && commands().equals(commandRows(expected.commands()));
    }

    /** Waits until there are so many alerts. */
    void awaitAlerts(int count) {
        await(count + " alerts", () -> alerts().size() >= count);
    }

    /** Waits for something that the running jobs must bring about. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " in time").isLessThan(deadline);
            assertThat(system.jobsAlive()).as("the jobs run").isTrue();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    Map<String, String> alerts() {
        Map<String, Alert> newest = new TreeMap<>();
        for (Alert alert : read(Topic.ALERTS, RecordType.ALERT)) {
            newest.merge(alert.getAlertId(), alert, (a, b) -> b.getRevision() >= a.getRevision() ? b : a);
        }
        return alertRows(newest);
    }

    /** The revisions of alerts and the issues of commands that were written more than once, as after a restart of a job. */
    Set<String> writtenTwice() {
        Set<String> known = new TreeSet<>();
        Stream<String> alerts = read(Topic.ALERTS, RecordType.ALERT).stream()
                .map(alert -> alert.getAlertId() + " " + alert.getRevision());
        Stream<String> commands =
                allCommands().stream().map(command -> command.getCommandId() + " " + command.getIssue());
        return Stream.concat(alerts, commands)
                .filter(written -> !known.add(written))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The types of alerts that were raised for each payment, by its identity; "null" for those of no payment. */
    Map<String, Set<AlertType>> typesByPayment() {
        return read(Topic.ALERTS, RecordType.ALERT).stream()
                .collect(Collectors.groupingBy(
                        alert -> String.valueOf(alert.getPaymentId()),
                        TreeMap::new,
                        Collectors.mapping(Alert::getType, Collectors.toSet())));
    }

    private List<Command> allCommands() {
        return Stream.of(Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS)
                .flatMap(topic -> read(topic, RecordType.COMMAND).stream())
                .toList();
    }

    private Map<String, String> commands() {
        Map<String, Command> newest = new TreeMap<>();
        for (Command command : allCommands()) {
            newest.merge(command.getCommandId(), command, (a, b) -> b.getIssue() >= a.getIssue() ? b : a);
        }
        return commandRows(newest);
    }

    private Set<String> suspicions() {
        return read(Topic.SUSPICIONS, RecordType.SUSPICION).stream()
                .map(Observed::row)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private <T extends SpecificRecordBase> List<T> read(Topic topic, RecordType<T> type) {
        RecordReader<T> reader = RecordReader.ofAny(List.of(new SingleObject()), type);
        return TopicReader.all(system.bootstrapServers(), topic).stream()
                .map(record -> ((Decoded.Value<T>) reader.read(record.value())).value())
                .toList();
    }

    private Map<String, String> alertRows(Map<String, Alert> alerts) {
        Map<String, String> rows = new TreeMap<>();
        alerts.forEach((id, alert) -> rows.put(id, isPlaced(id) ? row(alert) : "raised"));
        return rows;
    }

    private Map<String, String> commandRows(Map<String, Command> commands) {
        Map<String, String> rows = new TreeMap<>();
        commands.forEach((id, command) -> {
            if (isPlaced(command.getAlertId())) {
                rows.put(id, row(command));
            }
        });
        return rows;
    }

    private boolean isPlaced(String alertId) {
        return atOnePace || !alertId.endsWith(":" + AlertType.DUPLICATE_AUTHORIZATION);
    }

    private String row(Alert a) {
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
    private String time(String alertId, Instant time) {
        boolean fromSuspicion = alertId.endsWith(":" + AlertType.DUPLICATE_AUTHORIZATION);
        return fromSuspicion || !atOnePace ? "when read" : "" + time.toEpochMilli();
    }

    private String row(Command c) {
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
}
