package io.tillwatch.console.projection;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one poll read, sorted by where it goes. For one thread. */
final class Batch {

    final List<Alert> alerts = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<FeedRow> feedRows = new ArrayList<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();
    final List<PolicyChange> policies = new ArrayList<>();
    private final Map<Spot, Progress> progress = new LinkedHashMap<>();

    /** A record of a feed, as it is shown. */
    record FeedRow(
            String paymentId,
            String feed,
            String eventId,
            Instant occurredAt,
            Instant arrivedAt,
            String acquirerId,
            String merchantId,
            String terminalId,
            String kind,
            String status,
            long amount,
            String currency,
            String responseCode,
            String subject,
            String captureId) {}

    record DeadLetter(String feed, String error, Instant at) {}

    /** @param content a JSON line, or null where the scope was returned to what the wider ones say */
    record PolicyChange(
            int partition, long offset, String scope, Instant at, String person, String reason, String content) {}

    /** How far a partition was read with this batch. */
    static final class Progress {
        long nextOffset;
        Instant clockAt = Instant.EPOCH;
        Instant recordAt;
        long unreadable;
    }

    Progress at(Spot spot) {
        return progress.computeIfAbsent(spot, any -> new Progress());
    }

    Map<Spot, Progress> progress() {
        return progress;
    }

    boolean changesPages() {
        return !(alerts.isEmpty()
                && commands.isEmpty()
                && outcomes.isEmpty()
                && feedRows.isEmpty()
                && deadLetters.isEmpty()
                && policies.isEmpty());
    }
}
