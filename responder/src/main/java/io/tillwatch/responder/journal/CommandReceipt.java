package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.signature.CommandSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes commands into the journal. What comes again changes nothing; what comes with a higher issue may withdraw it; the
 * same commandId with other content is not executed (R6).
 */
public final class CommandReceipt {

    private static final String INSERT =
            "INSERT INTO command (command_id, payment_id, alert_id, acquirer_id, merchant_id,"
                    + " terminal_id, capture_id, action, amount, currency, cause, approval, approval_reason, issue, withdrawn,"
                    + " issued_at, not_before, expires_at, content, content_hash, state, due_at)"
                    + " VALUES (:id, :payment, :alert, :acquirer, :merchant, :terminal, :capture, :action, :amount, :currency,"
                    + " :cause, :approval, :reason, :issue, :withdrawn, :issued, :notBefore, :expires, CAST(:content AS jsonb),"
                    + " :hash, 'RECEIVED', :due) ON CONFLICT (command_id) DO NOTHING";

    private final Jdbi jdbi;
    private final CommandJournal journal;

    public CommandReceipt(Database database, CommandJournal journal) {
        this.jdbi = database.jdbi();
        this.journal = journal;
    }

    /**
     * What became of a batch.
     *
     * @param taken new in the journal
     * @param again known already, and nothing changed
     * @param changed a higher issue of a known one
     * @param rejected badly signed, or with other content than the one known
     */
    public record Counts(int taken, int again, int changed, int rejected) {

        Counts plus(Counts other) {
            return new Counts(
                    taken + other.taken, again + other.again, changed + other.changed, rejected + other.rejected);
        }
    }

    private static final Counts TAKEN = new Counts(1, 0, 0, 0);
    private static final Counts AGAIN = new Counts(0, 1, 0, 0);
    private static final Counts CHANGED = new Counts(0, 0, 1, 0);
    private static final Counts REJECTED = new Counts(0, 0, 0, 1);

    /** Takes in a batch in one transaction; when it returns, the offsets may be committed. */
    public Counts receive(List<Received> batch) {
        return jdbi.inTransaction(handle -> {
            Instant now = Database.now(handle);
            List<Boolean> isNew = insert(handle, batch, now);
            Counts counts = new Counts(0, 0, 0, 0);
            for (int i = 0; i < batch.size(); i++) {
                counts = counts.plus(isNew.get(i) ? taken(handle, batch.get(i)) : known(handle, batch.get(i)));
            }
            return counts;
        });
    }

    private static List<Boolean> insert(Handle handle, List<Received> batch, Instant now) {
        List<Boolean> isNew = new ArrayList<>(batch.size());
        if (batch.isEmpty()) {
            return isNew;
        }
        PreparedBatch commands = handle.prepareBatch(INSERT);
        batch.forEach(received -> bind(commands, received, now));
        for (int count : commands.execute()) {
            isNew.add(count == 1);
        }
        if (isNew.contains(true)) {
            PreparedBatch schedule = handle.prepareBatch(Schedule.ADD);
            for (int i = 0; i < batch.size(); i++) {
                Command command = batch.get(i).command();
                if (isNew.get(i)) {
                    schedule.bind("id", command.getCommandId())
                            .bind("acquirer", command.getOriginal().getAcquirerId())
                            .bind("due", due(command, now))
                            .add();
                }
            }
            schedule.execute();
        }
        return isNew;
    }

    private static void bind(PreparedBatch batch, Received received, Instant now) {
        Command command = received.command();
        Original original = command.getOriginal();
        batch.bind("id", command.getCommandId())
                .bind("payment", command.getPaymentId())
                .bind("alert", command.getAlertId())
                .bind("acquirer", original.getAcquirerId())
                .bind("merchant", original.getMerchantId())
                .bind("terminal", original.getTerminalId())
                .bind("capture", original.getCaptureId())
                .bind("action", command.getAction().name())
                .bind("amount", command.getAmount())
                .bind("currency", command.getCurrency())
                .bind("cause", command.getCause().name())
                .bind("approval", command.getApproval().name())
                .bind(
                        "reason",
                        command.getApprovalReason() == null
                                ? null
                                : command.getApprovalReason().name())
                .bind("issue", command.getIssue())
                .bind("withdrawn", withdrawn(command))
                .bind("issued", command.getIssuedAt())
                .bind("notBefore", command.getNotBefore())
                .bind("expires", command.getExpiresAt())
                .bind("content", Row.json(command))
                .bind("hash", HexFormat.of().parseHex(received.contentHash()))
                .bind("due", due(command, now))
                .add();
    }

    /** A withdrawn one need not wait for its time to end. */
    private static Instant due(Command command, Instant now) {
        return command.getNotBefore().isAfter(now) && !withdrawn(command) ? command.getNotBefore() : now;
    }

    private static boolean withdrawn(Command command) {
        return command.getStatus() == CommandStatus.WITHDRAWN;
    }

    private Counts taken(Handle handle, Received received) {
        if (received.signature() == CommandSignature.Check.VALID) {
            return TAKEN;
        }
        Row row = Row.lock(handle, received.command().getCommandId()).orElseThrow();
        journal.end(handle, row, End.escalated("BAD_SIGNATURE: " + received.signature()));
        reject(handle, received, "BAD_SIGNATURE", received.signature().name());
        return REJECTED;
    }

    private Counts known(Handle handle, Received received) {
        if (received.signature() != CommandSignature.Check.VALID) {
            // What anybody may have written must not stop what was rightly signed.
            reject(handle, received, "BAD_SIGNATURE", received.signature().name());
            return REJECTED;
        }
        Row row = Row.lock(handle, received.command().getCommandId()).orElseThrow();
        if (!row.contentHash().equals(received.contentHash())) {
            return otherContent(handle, row, received);
        }
        if (received.command().getIssue() <= row.issue()) {
            return AGAIN;
        }
        return laterIssue(handle, row, received.command());
    }

    /** Which of the two is right nobody here can say; what may be on its way already goes on to its end. */
    private Counts otherContent(Handle handle, Row row, Received received) {
        if (!row.state().isEnd() && !row.inFlight()) {
            journal.end(handle, row, End.escalated("OTHER_CONTENT: came again with another content"));
        }
        reject(handle, received, "OTHER_CONTENT", "known as " + row.contentHash());
        return REJECTED;
    }

    private static Counts laterIssue(Handle handle, Row row, Command command) {
        boolean withdraws = withdrawn(command) && !row.withdrawn();
        Optional<Instant> due =
                withdraws && !row.state().isEnd() && row.attempts() == 0 ? Optional.of(row.now()) : Optional.empty();
        handle.createUpdate("UPDATE command SET issue = :issue, withdrawn = withdrawn OR :withdrawn,"
                        + " due_at = least(due_at, coalesce(CAST(:due AS timestamptz), due_at)) WHERE command_id = :id")
                .bind("id", row.commandId())
                .bind("issue", command.getIssue())
                .bind("withdrawn", withdrawn(command))
                .bind("due", due.orElse(null))
                .execute();
        due.ifPresent(at -> Schedule.bringForward(handle, row.commandId(), at));
        return CHANGED;
    }

    private static void reject(Handle handle, Received received, String why, String detail) {
        Audit.append(
                handle,
                Audit.RESPONDER,
                "REJECTED_COMMAND",
                received.command().getCommandId(),
                Map.of("why", why, "detail", detail, "contentHash", received.contentHash()));
    }
}
