package io.tillwatch.testkit;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord.Common;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import java.util.function.UnaryOperator;

/** The same record with one thing changed. */
public final class Rewrite {

    private Rewrite() {}

    /** The same record, delivered once more at another time. */
    public static Fact arrivedAt(Fact fact, long arrivedAtMillis) {
        if (fact instanceof Outcome o) {
            return new Outcome(
                    o.eventId(),
                    o.commandId(),
                    o.paymentId(),
                    o.occurredAtMillis(),
                    arrivedAtMillis,
                    o.result(),
                    o.amount(),
                    o.currency(),
                    o.captureId(),
                    o.detail());
        } else if (fact instanceof Suspicion s) {
            return new Suspicion(
                    s.eventId(), s.paymentId(), s.ofPaymentId(), s.occurredAtMillis(), arrivedAtMillis, s.confidence());
        }
        return common(
                fact,
                c -> new Common(
                        c.eventId(),
                        c.paymentId(),
                        c.occurredAtMillis(),
                        arrivedAtMillis,
                        c.acquirerId(),
                        c.merchantId(),
                        c.terminalId(),
                        c.amount(),
                        c.currency(),
                        c.responseCode()));
    }

    /** The same record by a sender whose clock is that of the feed: it occurred when it arrived. */
    public static Fact occurredOnArrival(Fact fact) {
        return common(
                fact,
                c -> new Common(
                        c.eventId(),
                        c.paymentId(),
                        c.arrivedAtMillis(),
                        c.arrivedAtMillis(),
                        c.acquirerId(),
                        c.merchantId(),
                        c.terminalId(),
                        c.amount(),
                        c.currency(),
                        c.responseCode()));
    }

    /** A record of a feed in another currency. */
    public static Fact inCurrency(Fact fact, String currency) {
        return common(
                fact,
                c -> new Common(
                        c.eventId(),
                        c.paymentId(),
                        c.occurredAtMillis(),
                        c.arrivedAtMillis(),
                        c.acquirerId(),
                        c.merchantId(),
                        c.terminalId(),
                        c.amount(),
                        currency,
                        c.responseCode()));
    }

    /** A record of a feed with some of what all feeds share changed; outcomes and suspicions stay as they are. */
    public static Fact common(Fact fact, UnaryOperator<Common> change) {
        if (fact instanceof Authorization a) {
            return new Authorization(
                    change.apply(a.common()),
                    a.kind(),
                    a.status(),
                    a.captureMode(),
                    a.cardToken(),
                    a.authCode(),
                    a.stan(),
                    a.rrn());
        } else if (fact instanceof Capture c) {
            return new Capture(change.apply(c.common()), c.captureId(), c.status(), c.last());
        } else if (fact instanceof Settlement s) {
            return new Settlement(
                    change.apply(s.common()), s.settlementId(), s.captureId(), s.status(), s.fee(), s.batchId());
        } else if (fact instanceof Reversal r) {
            return new Reversal(
                    change.apply(r.common()),
                    r.reversalId(),
                    r.kind(),
                    r.status(),
                    r.captureId(),
                    r.commandId(),
                    r.cardToken(),
                    r.originalAmount());
        }
        return fact;
    }
}
