package io.tillwatch.responder.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;

/**
 * All of a case.
 *
 * @param alert as it was seen last; null if it was not seen, or is kept no longer
 * @param command null if it has none
 * @param evidence each revision of its alert that was seen while the case was open, the oldest first
 * @param audit what was done to the case and its command, the oldest first
 */
public record CaseDetail(
        CaseSummary summary,
        AlertSummary alert,
        CommandDetail command,
        List<Note> notes,
        List<Evidence> evidence,
        List<AuditRow> audit) {

    public CaseDetail {
        notes = List.copyOf(notes);
        evidence = List.copyOf(evidence);
        audit = List.copyOf(audit);
    }

    /** What somebody wrote down. */
    public record Note(int number, Instant at, String person, String text) {}

    /** @param content the alert as a JSON line */
    public record Evidence(
            int revision, Instant seenAt, @JsonRawValue String content) {}
}
