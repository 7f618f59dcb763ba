package io.tillwatch.cli.latency;

import io.tillwatch.cli.live.Fault;
import io.tillwatch.cli.live.Percentiles;
import io.tillwatch.cli.live.Traffic;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Alerts as they could be read, and how long each took. All clocks are this machine's. */
final class Latencies {

    /** Their truth is made by the last record of the payment. */
    private static final Set<AlertType> AT_ONCE =
            EnumSet.of(AlertType.DUPLICATE_SETTLEMENT, AlertType.AMOUNT_CONFLICT, AlertType.OVER_RETURNED);

    /** Their truth is made by time. */
    private static final Set<AlertType> DEADLINES = EnumSet.of(
            AlertType.AUTHORIZATION_UNANSWERED,
            AlertType.CAPTURE_OVERDUE,
            AlertType.PREAUTH_EXPIRED,
            AlertType.SETTLEMENT_OVERDUE);

    private record Read(long detectedAtMillis, long readableAtMillis) {}

    private final Map<String, Read> firstRead = new ConcurrentHashMap<>();
    private final Queue<Long> lately = new ConcurrentLinkedQueue<>();

    /** An alert and how long it took. */
    record Told(long dueAtMillis, long millis) {}

    /**
     * All that was expected.
     *
     * @param atOnce from the append of the last record
     * @param deadlines from the deadline
     * @param missed alerts that were not read, or not yet
     */
    record Series(List<Told> atOnce, List<Told> deadlines, long missed) {

        /** Those that were due in a time. */
        static Percentiles within(List<Told> told, long fromMillis, long toMillis) {
            return Percentiles.of(told.stream()
                    .filter(t -> t.dueAtMillis() >= fromMillis && t.dueAtMillis() < toMillis)
                    .mapToLong(Told::millis)
                    .toArray());
        }
    }

    /** Whether alerts of this fault are measured, or at least expected. */
    static boolean expected(Fault fault) {
        return fault.alert().isPresent();
    }

    void note(Alert alert, long readableAtMillis) {
        if (alert.getRevision() != 1 || alert.getPaymentId() == null) {
            return;
        }
        long detectedAt = alert.getDetectedAt().toEpochMilli();
        if (DEADLINES.contains(alert.getType())) {
            lately.add(readableAtMillis - detectedAt);
        }
        if (alert.getStatus() == AlertStatus.RAISED) {
            firstRead.putIfAbsent(alert.getPaymentId() + ":" + alert.getType(), new Read(detectedAt, readableAtMillis));
        }
    }

    /** How late the alerts of deadlines were since it was last asked, for who waits. */
    Percentiles lately() {
        List<Long> late = new ArrayList<>();
        for (Long millis = lately.poll(); millis != null; millis = lately.poll()) {
            late.add(millis);
        }
        return Percentiles.of(late.stream().mapToLong(Long::longValue).toArray());
    }

    Series series(Traffic traffic) {
        List<Told> atOnce = new ArrayList<>();
        List<Told> deadlines = new ArrayList<>();
        long missed = 0;
        for (Map.Entry<String, Fault> e : traffic.truth().entrySet()) {
            AlertType type = e.getValue().alert().orElse(null);
            if (type == null) {
                continue;
            }
            Read read = firstRead.get(e.getKey() + ":" + type);
            if (read == null) {
                missed++;
            } else if (AT_ONCE.contains(type)) {
                long appended = traffic.lastAppendedMillis().get(e.getKey());
                atOnce.add(new Told(appended, read.readableAtMillis() - appended));
            } else if (DEADLINES.contains(type)) {
                long due = read.detectedAtMillis();
                deadlines.add(new Told(due, read.readableAtMillis() - due));
            }
        }
        return new Series(atOnce, deadlines, missed);
    }
}
