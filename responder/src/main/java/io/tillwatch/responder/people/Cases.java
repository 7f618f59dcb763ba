package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What people do with cases. Each is one transaction that locks the case, and ends with a row in the audit under
 * {@code case:N}.
 */
public final class Cases {

    public static final int NOTE_MAX = 4_000;

    private static final int AUDIT_ROWS_MAX = 2_000;

    private final Jdbi jdbi;
    private final Ladder ladder;
    private final Commands commands;
    private final Set<String> assignable;

    /** Which cases are wanted; what is empty does not matter. */
    public record Filter(
            Optional<Boolean> open,
            boolean overdue,
            Optional<String> assignee,
            boolean unassigned,
            Optional<Rung> rung,
            Optional<String> acquirerId,
            Optional<String> merchantId,
            Optional<String> paymentId) {}

    /** @param assignable the names of those who can look after a case; whoever works on one can take it anyway */
    public Cases(Jdbi jdbi, Ladder ladder, Commands commands, Set<String> assignable) {
        this.jdbi = jdbi;
        this.ladder = ladder;
        this.commands = commands;
        this.assignable = Set.copyOf(assignable);
    }

    /** Those that are due first, first. */
    public Page<CaseSummary> list(Filter filter, Optional<Keyset> after, int itemsMax) {
        Where where = new Where()
                .and("f.assignee = :assignee", "assignee", filter.assignee())
                .and("f.rung = :rung", "rung", filter.rung().map(Enum::name))
                .and("f.acquirer_id = :acquirerId", "acquirerId", filter.acquirerId())
                .and("f.merchant_id = :merchantId", "merchantId", filter.merchantId())
                .and("f.payment_id = :paymentId", "paymentId", filter.paymentId());
        filter.open().ifPresent(open -> where.and("f.closed_at IS " + (open ? "NULL" : "NOT NULL")));
        if (filter.overdue()) {
            where.and("f.closed_at IS NULL AND f.due_at < now()");
        }
        if (filter.unassigned()) {
            where.and("f.assignee IS NULL");
        }
        after.ifPresent(end -> where.after("(f.due_at, f.case_id) > (:afterAt, CAST(:afterId AS bigint))", end));
        List<CaseSummary> found = jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = '5s'");
            return where.bind(handle.createQuery(
                            CaseSummary.SELECT + where.sql() + " ORDER BY f.due_at, f.case_id LIMIT :limit"))
                    .bind("limit", itemsMax + 1)
                    .map((row, context) -> CaseSummary.of(row))
                    .list();
        });
        boolean more = found.size() > itemsMax;
        List<CaseSummary> items = more ? found.subList(0, itemsMax) : found;
        CaseSummary last = items.isEmpty() ? null : items.get(items.size() - 1);
        return new Page<>(items, more ? new Keyset(last.dueAt(), Long.toString(last.caseId())).encode() : null);
    }

    /** All of one. */
    public Optional<CaseDetail> detail(long caseId) {
        return jdbi.inTransaction(handle -> {
            Optional<CaseSummary> found = find(handle, caseId, "");
            return found.map(summary -> new CaseDetail(
                    summary,
                    AlertViews.find(handle, summary.alertId()).orElse(null),
                    summary.commandId() == null
                            ? null
                            : commands.detail(handle, summary.commandId()).orElse(null),
                    notes(handle, caseId),
                    evidence(handle, caseId),
                    audit(handle, summary)));
        });
    }

    /**
     * Opens a case for an alert that is known here; the one that is open already, if there is one.
     *
     * @return the case
     */
    public Decided<CaseSummary> open(Person person, String alertId) {
        return jdbi.inTransaction(handle -> {
            Optional<CaseSummary> open = openOf(handle, alertId);
            if (open.isPresent()) {
                return new Decided.Done<>(open.get());
            }
            CaseKeeper.openForAlert(handle, ladder, person.name(), alertId);
            // Ours, or that of somebody who was a moment faster.
            return openOf(handle, alertId)
                    .<Decided<CaseSummary>>map(Decided.Done::new)
                    .orElseGet(() -> new Decided.Refused<>(
                            Refusal.NOT_FOUND, "No such alert stands, and none with a command is known here."));
        });
    }

    private static Optional<CaseSummary> openOf(Handle handle, String alertId) {
        return handle.createQuery(CaseSummary.SELECT + " WHERE f.alert_id = :id AND f.closed_at IS NULL")
                .bind("id", alertId)
                .map((row, context) -> CaseSummary.of(row))
                .findOne();
    }

    /**
     * Gives a case to somebody.
     *
     * @param assignee empty: to nobody
     */
    public Decided<CaseSummary> assign(Person person, long caseId, Optional<String> assignee) {
        boolean known = assignee.isEmpty()
                || assignable.contains(assignee.get())
                || assignee.get().equals(person.name());
        if (!known) {
            return new Decided.Refused<>(
                    Refusal.UNKNOWN_PERSON, "Give one of " + assignable + ", or take it yourself.");
        }
        return change(caseId, summary -> Optional.empty(), (handle, summary) -> {
            handle.createUpdate("UPDATE case_file SET assignee = :assignee WHERE case_id = :id")
                    .bind("assignee", assignee.orElse(null))
                    .bind("id", caseId)
                    .execute();
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("from", summary.assignee());
            detail.put("to", assignee.orElse(null));
            Audit.append(handle, person.name(), "CASE_ASSIGNED", subject(caseId), detail);
        });
    }

    /**
     * Writes something down.
     *
     * @param text at most {@link #NOTE_MAX} characters, without card data
     */
    public Decided<CaseSummary> note(Person person, long caseId, String text) {
        return change(caseId, summary -> Optional.empty(), (handle, summary) -> {
            int number = handle.createQuery("INSERT INTO case_note (case_id, number, person, note)"
                            + " SELECT :id, coalesce(max(number), 0) + 1, :person, :note FROM case_note WHERE case_id = :id"
                            + " RETURNING number")
                    .bind("id", caseId)
                    .bind("person", person.name())
                    .bind("note", text)
                    .mapTo(Integer.class)
                    .one();
            Audit.append(handle, person.name(), "CASE_NOTED", subject(caseId), Map.of("number", number, "note", text));
        });
    }

    /**
     * Moves a case one rung up, with that rung's time to answer.
     *
     * @param from the rung that the person saw: of two who escalate at once, one does
     * @param reason at most {@link Decisions#REASON_MAX} characters, without card data
     */
    public Decided<CaseSummary> escalate(Person person, long caseId, Rung from, String reason) {
        return change(
                caseId,
                summary -> {
                    if (summary.rung() != from) {
                        return Optional.of(new Decided.Refused<>(
                                Refusal.RUNG_DIFFERS, "It is with " + summary.rung() + "; read it once more."));
                    }
                    return from.next().isPresent()
                            ? Optional.empty()
                            : Optional.of(new Decided.Refused<>(
                                    Refusal.LADDER_TOP, "It is with " + from + "; there is nobody above."));
                },
                (handle, summary) -> {
                    Rung to = from.next().orElseThrow();
                    Instant due = handle.createQuery(
                                    "UPDATE case_file SET rung = :rung, rung_since = now(),"
                                            + " due_at = now() + make_interval(secs => :seconds) WHERE case_id = :id RETURNING due_at")
                            .bind("rung", to.name())
                            .bind("seconds", (double) ladder.timeOf(to).toSeconds())
                            .bind("id", caseId)
                            .mapTo(Instant.class)
                            .one();
                    Audit.append(
                            handle,
                            person.name(),
                            "CASE_ESCALATED",
                            subject(caseId),
                            Map.of("from", from.name(), "to", to.name(), "due", due.toString(), "reason", reason));
                });
    }

    /**
     * Closes a case whose command, if it has one, has ended.
     *
     * @param reason at most {@link Decisions#REASON_MAX} characters, without card data
     */
    public Decided<CaseSummary> close(Person person, long caseId, Resolution resolution, String reason) {
        return jdbi.inTransaction(handle -> {
            // The command before the case, as everywhere: and its end is not missed.
            String state = handle.createQuery(
                            "SELECT c.state FROM command c JOIN case_file f ON f.command_id = c.command_id"
                                    + " WHERE f.case_id = :id FOR SHARE OF c")
                    .bind("id", caseId)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(State.DONE.name());
            return change(
                    handle,
                    caseId,
                    summary -> State.valueOf(state).isEnd()
                            ? Optional.empty()
                            : Optional.of(new Decided.Refused<>(
                                    Refusal.COMMAND_OPEN,
                                    "Its command is " + state + "; reject it, or wait for its end.")),
                    (inside, summary) -> close(inside, person.name(), caseId, resolution, Map.of("reason", reason)));
        });
    }

    static void close(Handle handle, String person, long caseId, Resolution resolution, Map<String, String> more) {
        // What was in doubt is known to a person now; the payment's next command may go.
        handle.createUpdate("UPDATE command SET in_doubt = false WHERE in_doubt"
                        + " AND command_id = (SELECT command_id FROM case_file WHERE case_id = :id)")
                .bind("id", caseId)
                .execute();
        handle.createUpdate("UPDATE case_file SET closed_at = now(), closed_by = :person, resolution = :resolution"
                        + " WHERE case_id = :id")
                .bind("person", person)
                .bind("resolution", resolution.name())
                .bind("id", caseId)
                .execute();
        Map<String, String> detail = new LinkedHashMap<>(more);
        detail.put("resolution", resolution.name());
        Audit.append(handle, person, "CASE_CLOSED", subject(caseId), detail);
    }

    static String subject(long caseId) {
        return "case:" + caseId;
    }

    private interface Change {
        void make(Handle handle, CaseSummary summary);
    }

    private Decided<CaseSummary> change(
            long caseId, Function<CaseSummary, Optional<Decided.Refused<CaseSummary>>> check, Change change) {
        return jdbi.inTransaction(handle -> change(handle, caseId, check, change));
    }

    private static Decided<CaseSummary> change(
            Handle handle,
            long caseId,
            Function<CaseSummary, Optional<Decided.Refused<CaseSummary>>> check,
            Change change) {
        Optional<CaseSummary> found = find(handle, caseId, " FOR UPDATE");
        if (found.isEmpty()) {
            return new Decided.Refused<>(Refusal.NOT_FOUND, "There is no such case.");
        }
        CaseSummary summary = found.get();
        if (!summary.open()) {
            return new Decided.Refused<>(
                    Refusal.CASE_CLOSED, "It was closed by " + summary.closedBy() + "; open a new one for its alert.");
        }
        Optional<Decided.Refused<CaseSummary>> refused = check.apply(summary);
        if (refused.isPresent()) {
            return refused.get();
        }
        change.make(handle, summary);
        return new Decided.Done<>(find(handle, caseId, "").orElseThrow());
    }

    private static Optional<CaseSummary> find(Handle handle, long caseId, String lock) {
        return handle.createQuery(CaseSummary.SELECT + " WHERE f.case_id = :id" + lock)
                .bind("id", caseId)
                .map((row, context) -> CaseSummary.of(row))
                .findOne();
    }

    private static List<CaseDetail.Note> notes(Handle handle, long caseId) {
        return handle.createQuery("SELECT number, at, person, note FROM case_note WHERE case_id = :id ORDER BY number")
                .bind("id", caseId)
                .map((row, context) -> new CaseDetail.Note(
                        row.getInt("number"),
                        CommandSummary.instant(row, "at"),
                        row.getString("person"),
                        row.getString("note")))
                .list();
    }

    private static List<CaseDetail.Evidence> evidence(Handle handle, long caseId) {
        return handle.createQuery("SELECT revision, seen_at, content::text AS content FROM case_evidence"
                        + " WHERE case_id = :id ORDER BY revision")
                .bind("id", caseId)
                .map((row, context) -> new CaseDetail.Evidence(
                        row.getInt("revision"), CommandSummary.instant(row, "seen_at"), row.getString("content")))
                .list();
    }

    private static List<AuditRow> audit(Handle handle, CaseSummary summary) {
        return handle.createQuery(AuditRow.SELECT + " WHERE subject IN (:case, :command) ORDER BY id LIMIT :limit")
                .bind("case", subject(summary.caseId()))
                .bind("command", summary.commandId() == null ? subject(summary.caseId()) : summary.commandId())
                .bind("limit", AUDIT_ROWS_MAX)
                .map((row, context) -> AuditRow.of(row))
                .list();
    }
}
