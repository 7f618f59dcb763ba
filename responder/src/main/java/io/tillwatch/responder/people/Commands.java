package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.HoldReason;
import io.tillwatch.responder.journal.State;
import io.tillwatch.schemas.record.Command;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What people see of the commands in the journal. Changes nothing. */
public final class Commands {

    /** A list that takes longer is of a filter that finds nothing among millions. */
    private static final String LIST_WITHIN = "SET LOCAL statement_timeout = '5s'";

    private static final int TIMELINE_MAX = 500;

    private final Jdbi jdbi;
    private final ToIntFunction<Command> approvalsNeeded;

    /** @param approvalsNeeded as the journal counts them: 0 for a command that goes by itself */
    public Commands(Jdbi jdbi, ToIntFunction<Command> approvalsNeeded) {
        this.jdbi = jdbi;
        this.approvalsNeeded = approvalsNeeded;
    }

    /**
     * The newest first.
     *
     * @param after what the page before gave
     * @param itemsMax 1 to {@link Page#ITEMS_MAX}
     */
    public Page<CommandSummary> list(CommandFilter filter, Optional<Keyset> after, int itemsMax) {
        Where where = where(filter);
        after.ifPresent(end -> where.after("(c.received_at, c.command_id) < (:afterAt, :afterId)", end));
        String sql =
                CommandSummary.SELECT + where.sql() + " ORDER BY c.received_at DESC, c.command_id DESC LIMIT :limit";
        List<CommandSummary> found = jdbi.inTransaction(handle -> {
            handle.execute(LIST_WITHIN);
            return where.bind(handle.createQuery(sql))
                    .bind("limit", itemsMax + 1)
                    .map((row, context) -> CommandSummary.of(row))
                    .list();
        });
        boolean more = found.size() > itemsMax;
        List<CommandSummary> items = more ? found.subList(0, itemsMax) : found;
        CommandSummary last = items.isEmpty() ? null : items.get(items.size() - 1);
        return new Page<>(items, more ? new Keyset(last.receivedAt(), last.commandId()).encode() : null);
    }

    private static Where where(CommandFilter filter) {
        Where where = new Where()
                .and("c.command_id = :commandId", "commandId", filter.commandId())
                .and("c.state = :state", "state", filter.state().map(Enum::name))
                .and(
                        "c.hold_reason = :holdReason",
                        "holdReason",
                        filter.holdReason().map(Enum::name))
                .and("c.acquirer_id = :acquirerId", "acquirerId", filter.acquirerId())
                .and("c.merchant_id = :merchantId", "merchantId", filter.merchantId())
                .and("c.payment_id = :paymentId", "paymentId", filter.paymentId())
                .and(CommandSummary.ALERT_TYPE + " = :alertType", "alertType", filter.alertType())
                .and("c.received_at >= :receivedFrom", "receivedFrom", filter.receivedFrom())
                .and("c.received_at < :receivedBefore", "receivedBefore", filter.receivedBefore());
        filter.open()
                .ifPresent(open -> where.and(
                        "c.state " + (open ? "NOT " : "") + "IN ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED')"));
        if (filter.awaitsApproval()) {
            where.and(
                    "(c.approval = 'REQUIRED' AND c.state = 'RECEIVED' OR c.state = 'HELD' AND c.hold_reason = 'APPROVAL')"
                            + " AND NOT c.withdrawn AND c.expires_at > now() AND c.not_before <= now()");
        }
        return where;
    }

    /** One of them; empty if there is none of that id. */
    public Optional<CommandDetail> detail(String commandId) {
        return jdbi.inTransaction(handle -> detail(handle, commandId));
    }

    Optional<CommandDetail> detail(Handle handle, String commandId) {
        Optional<Row> found = handle.createQuery(CommandSummary.SELECT.replace(
                                " FROM ",
                                ", c.content::text AS content, c.content_hash, c.attempts,"
                                        + " c.inquiries, c.in_flight, c.done_amount, c.acquirer_reference FROM ")
                        + " WHERE c.command_id = :id")
                .bind("id", commandId)
                .map((row, context) -> Row.of(row))
                .findOne();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Row row = found.get();
        CommandSummary command = row.summary();
        List<String> approvals = handle.createQuery(
                        "SELECT person FROM approval WHERE command_id = :id AND content_hash = :hash ORDER BY approved_at")
                .bind("id", commandId)
                .bind("hash", HexFormat.of().parseHex(row.contentHash()))
                .mapTo(String.class)
                .list();
        int needed = approvalsNeeded.applyAsInt(CommandContent.read(row.content()));
        return Optional.of(new CommandDetail(
                command,
                row.contentHash(),
                row.content(),
                AlertViews.find(handle, command.alertId()).orElse(null),
                approvals,
                needed,
                held(handle, command, approvals.size(), needed),
                row.attempts(),
                row.inquiries(),
                row.inFlight(),
                row.doneAmount(),
                row.acquirerReference(),
                timeline(handle, command)));
    }

    private static CommandDetail.Held held(Handle handle, CommandSummary command, int approvals, int needed) {
        if (!command.state().equals("HELD") || command.holdReason() == null) {
            return null;
        }
        String what = switch (HoldReason.valueOf(command.holdReason())) {
            case APPROVAL ->
                "It waits for approval ("
                        + (command.approvalReason() == null ? "the acquirer's profile" : command.approvalReason())
                        + "): " + approvals + " of " + needed
                        + " persons have approved it.";
            case SWITCH -> switches(handle, command);
            case BUDGET -> "The budget of " + command.acquirerId() + " is spent; it goes when there is room again.";
        };
        return new CommandDetail.Held(command.holdReason(), command.stateSince(), what);
    }

    private static String switches(Handle handle, CommandSummary command) {
        List<String> closed = Switches.closedFor(handle, command.acquirerId(), command.action());
        return closed.isEmpty()
                ? "A switch was closed, and is open again: it goes at the next claim."
                : "Closed: " + String.join("; ", closed) + ".";
    }

    private static List<CommandDetail.TimelineEntry> timeline(Handle handle, CommandSummary command) {
        List<CommandDetail.TimelineEntry> entries = new ArrayList<>();
        entries.add(new CommandDetail.TimelineEntry(
                command.receivedAt(),
                "RECEIVED",
                Audit.RESPONDER,
                command.action() + " of " + command.amount() + " " + command.currency() + " for " + command.alertId()));
        handle.createQuery("SELECT number, kind, intent_at, answered_at, answer FROM attempt"
                        + " WHERE command_id = :id ORDER BY number DESC LIMIT :limit")
                .bind("id", command.commandId())
                .bind("limit", TIMELINE_MAX)
                .map((row, context) -> attempts(row))
                .forEach(entries::addAll);
        handle.createQuery("SELECT at, person, verb, detail::text AS detail FROM audit"
                        + " WHERE subject = :id ORDER BY id DESC LIMIT :limit")
                .bind("id", command.commandId())
                .bind("limit", TIMELINE_MAX)
                .map((row, context) -> new CommandDetail.TimelineEntry(
                        CommandSummary.instant(row, "at"),
                        "AUDIT",
                        row.getString("person"),
                        row.getString("verb") + " " + row.getString("detail")))
                .forEach(entries::add);
        if (State.valueOf(command.state()).isEnd()) {
            entries.add(new CommandDetail.TimelineEntry(
                    command.stateSince(),
                    "OUTCOME",
                    Audit.RESPONDER,
                    command.state() + (command.detail() == null ? "" : ": " + command.detail())));
        }
        entries.sort(Comparator.comparing(CommandDetail.TimelineEntry::at));
        return entries;
    }

    private static List<CommandDetail.TimelineEntry> attempts(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        String number = "attempt " + row.getInt("number");
        List<CommandDetail.TimelineEntry> entries = new ArrayList<>();
        entries.add(new CommandDetail.TimelineEntry(
                CommandSummary.instant(row, "intent_at"), kind, Audit.RESPONDER, number));
        Instant answeredAt = CommandSummary.instant(row, "answered_at");
        if (answeredAt != null) {
            entries.add(new CommandDetail.TimelineEntry(
                    answeredAt, kind, "acquirer", number + ": " + row.getString("answer")));
        }
        return entries;
    }

    private record Row(
            CommandSummary summary,
            String content,
            String contentHash,
            int attempts,
            int inquiries,
            boolean inFlight,
            Long doneAmount,
            String acquirerReference) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    CommandSummary.of(row),
                    row.getString("content"),
                    HexFormat.of().formatHex(row.getBytes("content_hash")),
                    row.getInt("attempts"),
                    row.getInt("inquiries"),
                    row.getBoolean("in_flight"),
                    row.getObject("done_amount", Long.class),
                    row.getString("acquirer_reference"));
        }
    }
}
