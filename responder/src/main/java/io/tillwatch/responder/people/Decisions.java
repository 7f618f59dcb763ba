package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Approvals;
import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.State;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.signature.CommandSignature;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Approves and rejects commands.
 *
 * <p>An approval is of exactly one content, named by its hash; above {@code fourEyesAbove} it takes two different persons. A
 * rejection ends a command that was not sent, as FAILED: there is no effect and will be none, and what the command was made for
 * is still wrong. Both lock the command's row, so that of two decisions at once one comes first; and what has claimed the
 * command meanwhile finds its fence raised by a rejection, and cannot commit an intent any more.
 *
 * <p>Here it is said who may do what and why not; what it does to the journal is the journal's ({@link Approvals}).
 */
public final class Decisions {

    /** The longest reason: an outcome's detail has 1024 characters, and says who it was too. */
    public static final int REASON_MAX = 500;

    private final Jdbi jdbi;
    private final Approvals approvals;
    private final ToIntFunction<Command> approvalsNeeded;

    /**
     * What an approval gave.
     *
     * @param approvals of this content, this one included
     * @param needed how many it takes
     */
    public record Approval(int approvals, int needed) {
        /** Whether it may go now. */
        public boolean complete() {
            return approvals >= needed;
        }
    }

    /** @param approvalsNeeded as the journal counts them: 0 for a command that goes by itself */
    public Decisions(Jdbi jdbi, Approvals approvals, ToIntFunction<Command> approvalsNeeded) {
        this.jdbi = jdbi;
        this.approvals = approvals;
        this.approvalsNeeded = approvalsNeeded;
    }

    /**
     * Approves a command.
     *
     * @param contentHash of what the person saw: a SHA-256
     */
    public Decided<Approval> approve(Person person, String commandId, byte[] contentHash) {
        String quoted = HexFormat.of().formatHex(contentHash);
        return jdbi.inTransaction(handle -> {
            Optional<Row> row = lock(handle, commandId);
            Optional<Decided.Refused<Approval>> refused = refuseToTouch(row);
            if (refused.isEmpty()) {
                refused = refuseToApprove(row.orElseThrow(), quoted);
            }
            return refused.isPresent() ? refused.get() : approve(handle, person, row.orElseThrow(), quoted);
        });
    }

    private Decided<Approval> approve(Handle handle, Person person, Row row, String quoted) {
        int needed = approvalsNeeded.applyAsInt(row.command());
        List<String> earlier = handle.createQuery(
                        "SELECT person FROM approval WHERE command_id = :id AND content_hash = :hash")
                .bind("id", row.commandId())
                .bind("hash", HexFormat.of().parseHex(quoted))
                .mapTo(String.class)
                .list();
        if (earlier.contains(person.name())) {
            return new Decided.Refused<>(
                    Refusal.ALREADY_APPROVED,
                    "You have; it takes " + needed + " persons, and " + earlier.size() + " have approved.");
        }
        if (earlier.size() >= needed) {
            return new Decided.Refused<>(
                    Refusal.APPROVAL_NOT_NEEDED,
                    needed == 0 ? "It is automatic: it goes without you." : "Enough persons have approved it.");
        }
        Approvals.Answer answer = approvals.approve(handle, row.commandId(), quoted, person.name());
        return switch (answer) {
            case ENOUGH, ONE_MORE -> {
                Approval approval = new Approval(earlier.size() + 1, needed);
                Audit.append(
                        handle,
                        person.name(),
                        "APPROVED",
                        row.commandId(),
                        Map.of("contentHash", quoted, "approvals", approval.approvals(), "needed", needed));
                yield new Decided.Done<>(approval);
            }
            case ALREADY_BY_THIS_PERSON ->
                new Decided.Refused<>(Refusal.ALREADY_APPROVED, "You have, with other content.");
            case REJECTED, NO_SUCH_COMMAND, OTHER_CONTENT, NOT_ASKED_FOR, TOO_LATE -> throw unexpected(answer);
        };
    }

    /**
     * Rejects a command, automatic or not, that was not sent.
     *
     * @param reason for the audit and the outcome, at most {@link #REASON_MAX} characters, without card data
     */
    public Decided<Void> reject(Person person, String commandId, String reason) {
        return jdbi.inTransaction(handle -> {
            Optional<Row> row = lock(handle, commandId);
            Optional<Decided.Refused<Void>> refused = refuseToTouch(row);
            return refused.isPresent() ? refused.get() : reject(handle, person, row.orElseThrow(), reason);
        });
    }

    private Decided<Void> reject(Handle handle, Person person, Row row, String reason) {
        Approvals.Answer answer =
                approvals.reject(handle, row.commandId(), row.contentHash(), person.name() + ": " + reason);
        return switch (answer) {
            case REJECTED -> {
                Audit.append(handle, person.name(), "REJECTED", row.commandId(), Map.of("reason", reason));
                yield new Decided.Done<>(null);
            }
            case TOO_LATE -> new Decided.Refused<>(Refusal.EXPIRED, "It expired at " + row.expiresAt() + ".");
            case ENOUGH, ONE_MORE, ALREADY_BY_THIS_PERSON, NO_SUCH_COMMAND, OTHER_CONTENT, NOT_ASKED_FOR ->
                throw unexpected(answer);
        };
    }

    private static IllegalStateException unexpected(Approvals.Answer answer) {
        return new IllegalStateException(
                "the journal answers " + answer + " for a command that is locked and was looked at");
    }

    private static <T> Optional<Decided.Refused<T>> refuseToTouch(Optional<Row> row) {
        if (row.isEmpty()) {
            return refused(Refusal.NOT_FOUND, "There is no such command.");
        }
        Row command = row.get();
        if (command.state().isEnd()) {
            return refused(Refusal.ENDED, "It ended as " + command.state() + ".");
        }
        if (command.sent()) {
            return refused(
                    Refusal.SENT, "It is at the acquirer, or on its way; its outcome will say what became of it.");
        }
        if (command.withdrawn()) {
            return refused(Refusal.WITHDRAWN, "Its alert has cleared; it ends by itself as NOT_NEEDED.");
        }
        return Optional.empty();
    }

    private static Optional<Decided.Refused<Approval>> refuseToApprove(Row row, String quoted) {
        if (row.now().isAfter(row.expiresAt())) {
            return refused(
                    Refusal.EXPIRED,
                    "It expired at " + row.expiresAt() + "; look for its case, and settle it by hand.");
        }
        if (row.now().isBefore(row.notBefore())) {
            return refused(Refusal.NOT_YET, "Its time comes at " + row.notBefore() + ".");
        }
        // Both that of the row, and that of what stands in the row: somebody may have changed one behind our back.
        if (!row.contentHash().equals(quoted) || !actualHash(row).equals(quoted)) {
            return refused(
                    Refusal.CONTENT_DIFFERS,
                    "Read the command once more, and quote the contentHash that stands there.");
        }
        return Optional.empty();
    }

    private static String actualHash(Row row) {
        return HexFormat.of().formatHex(CommandSignature.contentHash(row.command()));
    }

    private static <T> Optional<Decided.Refused<T>> refused(Refusal why, String detail) {
        return Optional.of(new Decided.Refused<>(why, detail));
    }

    private static Optional<Row> lock(Handle handle, String commandId) {
        return handle.createQuery(
                        "SELECT command_id, content::text AS content, content_hash, state, withdrawn, in_flight,"
                                + " attempts, not_before, expires_at, clock_timestamp() AS now FROM command"
                                + " WHERE command_id = :id FOR UPDATE")
                .bind("id", commandId)
                .map((row, context) -> new Row(
                        row.getString("command_id"),
                        CommandContent.read(row.getString("content")),
                        HexFormat.of().formatHex(row.getBytes("content_hash")),
                        State.valueOf(row.getString("state")),
                        row.getBoolean("withdrawn"),
                        row.getBoolean("in_flight") || row.getInt("attempts") > 0,
                        CommandSummary.instant(row, "not_before"),
                        CommandSummary.instant(row, "expires_at"),
                        CommandSummary.instant(row, "now")))
                .findOne();
    }

    private record Row(
            String commandId,
            Command command,
            String contentHash,
            State state,
            boolean withdrawn,
            boolean sent,
            Instant notBefore,
            Instant expiresAt,
            Instant now) {}
}
