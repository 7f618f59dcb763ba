package io.tillwatch.responder.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of a command: what it asks for, why it is where it is, what happened, and whether its alert still stands.
 *
 * @param contentHash hexadecimal; to be quoted by whoever approves this content
 * @param content the command as it came first, a JSON line
 * @param alert null if it was not seen yet
 * @param approvals of this content
 * @param approvalsNeeded 0 for one that is automatic
 * @param held null if it is not held
 */
public record CommandDetail(
        CommandSummary command,
        String contentHash,
        @JsonRawValue String content,
        AlertSummary alert,
        List<String> approvals,
        int approvalsNeeded,
        Held held,
        int attempts,
        int inquiries,
        boolean inFlight,
        Long doneAmount,
        String acquirerReference,
        List<TimelineEntry> timeline) {

    public CommandDetail {
        approvals = List.copyOf(approvals);
        timeline = List.copyOf(timeline);
    }

    /**
     * Why it waits.
     *
     * @param reason APPROVAL, SWITCH or BUDGET
     * @param what in a sentence
     */
    public record Held(String reason, Instant since, String what) {}

    /**
     * Something that happened.
     *
     * @param kind RECEIVED, INQUIRY, SEND, APPROVED, AUDIT, CASE, OUTCOME or ALERT
     * @param who a person, or "responder", or "acquirer"
     */
    public record TimelineEntry(Instant at, String kind, String who, String what) {}
}
