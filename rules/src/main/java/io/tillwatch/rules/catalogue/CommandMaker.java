package io.tillwatch.rules.catalogue;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.CommandId;
import io.tillwatch.rules.command.Original;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Policy;
import java.util.Collection;
import java.util.Optional;

/** Makes the command for an alert: how much, allowed by whom, sent when. */
public final class CommandMaker {

    private final String paymentId;
    private final Facts facts;
    private final Assessment now;
    private final Policy policy;
    private final Collection<Command> commands;

    /** @param commands those made for the payment so far, the ones of this step included as they are made */
    public CommandMaker(String paymentId, Facts facts, Assessment now, Policy policy, Collection<Command> commands) {
        this.paymentId = paymentId;
        this.facts = facts;
        this.now = now;
        this.policy = policy;
        this.commands = commands;
    }

    /** The command for an anomaly that is raised for the first time; empty where none is due or nothing is left. */
    public Optional<Command> make(Anomaly anomaly, Cause cause, long issuedAtMillis) {
        Remedy remedy = anomaly.remedy();
        if (remedy == null || policy.mode(remedy.action().mode()) == Mode.OFF) {
            return Optional.empty();
        }
        long amount = left(remedy);
        if (remedy.action() == Action.ADJUST ? amount == 0 : amount <= 0) {
            return Optional.empty();
        }
        ApprovalReason reason = approvalReason(remedy, amount, issuedAtMillis);
        boolean automatic = reason == null;
        long notBefore = automatic ? issuedAtMillis + policy.remedyDelay() : issuedAtMillis;
        return Optional.of(new Command(
                CommandId.of(anomaly.alertId(), remedy.action()),
                1,
                false,
                anomaly.alertId(),
                paymentId,
                remedy.action(),
                amount,
                currency(),
                cause,
                automatic ? Approval.AUTOMATIC : Approval.REQUIRED,
                reason,
                issuedAtMillis,
                notBefore,
                expiresAt(automatic, notBefore, policy),
                original(anomaly)));
    }

    /** Until when a command may be sent. */
    public static long expiresAt(boolean automatic, long notBeforeMillis, Policy policy) {
        return notBeforeMillis + (automatic ? 10 * policy.outcomeWithin() : policy.approvalWithin());
    }

    /** Never more than is left: of the exposure what no other command is about to return, of the hold what is held. */
    private long left(Remedy remedy) {
        return switch (remedy.action()) {
            case REVERSE, REFUND -> Math.min(remedy.wanted(), exposure() - openReturns());
            case RETRY_CAPTURE -> Math.min(remedy.wanted(), now.ledger().hold());
            case ADJUST, RETRY_SETTLEMENT -> remedy.wanted();
        };
    }

    /** What the cardholder may be out of pocket: held and debited, or debited without our knowing. */
    private long exposure() {
        long possible = 0;
        for (Anomaly a : now.anomalies()) {
            if (a.type() == AlertType.AUTHORIZATION_UNANSWERED) {
                possible = Math.addExact(possible, a.amount());
            }
        }
        return Math.max(Math.addExact(now.ledger().hold(), now.ledger().netDebit()), possible);
    }

    private long openReturns() {
        long sum = 0;
        for (Command c : commands) {
            if (c.action().returnsMoney() && open(c)) {
                sum = Math.addExact(sum, c.amount());
            }
        }
        return sum;
    }

    private boolean open(Command command) {
        return now.ledger().records().outcome(command.commandId()) == null;
    }

    private ApprovalReason approvalReason(Remedy remedy, long amount, long issuedAtMillis) {
        if (remedy.reason() != null) {
            return remedy.reason();
        } else if (policy.mode(remedy.action().mode()) == Mode.APPROVAL) {
            return ApprovalReason.POLICY;
        } else if (conflict()) {
            return ApprovalReason.CONFLICT;
        } else if (facts.tainted()) {
            return ApprovalReason.TAINTED;
        } else if (anyOpen()) {
            return ApprovalReason.COMMAND_OPEN;
        } else if (Math.abs(amount) > policy.automaticUpTo()) {
            return ApprovalReason.AMOUNT_OVER_LIMIT;
        } else if (remedy.action() == Action.REFUND
                && facts.first() != null
                && issuedAtMillis > facts.first().arrivedAtMillis() + policy.refundAutomaticWithin()) {
            return ApprovalReason.TOO_OLD;
        }
        return null;
    }

    private boolean conflict() {
        for (Anomaly a : now.anomalies()) {
            if (a.type() == AlertType.CURRENCY_MISMATCH || a.type() == AlertType.AMOUNT_CONFLICT) {
                return true;
            }
        }
        return false;
    }

    private boolean anyOpen() {
        for (Command c : commands) {
            if (open(c)) {
                return true;
            }
        }
        return false;
    }

    /** The payment's currency: that of its approval, else of the record that arrived first. */
    private String currency() {
        return currencyOf(facts, now.ledger());
    }

    /** The payment's currency, or null when no record of a feed is known. */
    public static String currencyOf(Facts facts, Ledger ledger) {
        if (ledger.approved() != null) {
            return ledger.approved().currency();
        }
        return facts.first() == null ? null : facts.first().currency();
    }

    private Original original(Anomaly anomaly) {
        Authorization about = anomaly.remedy().about() != null
                ? anomaly.remedy().about()
                : now.ledger().approved();
        FeedRecord record = about != null ? about : firstCapture();
        Long authorizedAt = about == null ? null : about.occurredAtMillis();
        return new Original(
                record == null ? facts.acquirerId() : record.acquirerId(),
                record == null ? facts.merchantId() : record.merchantId(),
                record == null ? null : record.terminalId(),
                about == null ? null : about.cardToken(),
                about == null ? null : about.stan(),
                about == null ? null : about.rrn(),
                about == null ? null : about.authCode(),
                authorizedAt,
                captureId(anomaly),
                counterpart(anomaly));
    }

    private FeedRecord firstCapture() {
        Capture first = null;
        for (Capture c : now.ledger().records().captures()) {
            first = first == null || Fact.BY_OCCURRENCE.compare(c, first) < 0 ? c : first;
        }
        return first;
    }

    private String captureId(Anomaly anomaly) {
        return switch (anomaly.type()) {
            case CAPTURE_FAILED,
                    SETTLEMENT_OVERDUE,
                    SETTLEMENT_FAILED,
                    SETTLEMENT_AMOUNT_MISMATCH,
                    DUPLICATE_SETTLEMENT,
                    DUPLICATE_CAPTURE,
                    CAPTURE_WITHOUT_AUTHORIZATION,
                    CAPTURE_ON_DECLINED,
                    CAPTURE_ON_AUTOMATIC,
                    CAPTURE_AFTER_REVERSAL,
                    SETTLEMENT_WITHOUT_CAPTURE,
                    SETTLED_AFTER_REVERSAL -> anomaly.subject();
            case AUTHORIZATION_UNANSWERED,
                    CAPTURE_OVERDUE,
                    PREAUTH_EXPIRED,
                    CAPTURE_EXCEEDS_AUTHORIZATION,
                    CURRENCY_MISMATCH,
                    AMOUNT_CONFLICT,
                    OVER_RETURNED,
                    DUPLICATE_AUTHORIZATION,
                    COMMAND_UNANSWERED,
                    REMEDY_FAILED,
                    FEED_SILENT,
                    BUDGET_EXCEEDED -> null;
        };
    }

    private String counterpart(Anomaly anomaly) {
        if (anomaly.type() != AlertType.DUPLICATE_AUTHORIZATION) {
            return null;
        }
        return facts.lastSuspicion().ofPaymentId();
    }
}
