package io.tillwatch.rules.duplicate;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Reversal;
import java.util.Optional;

/**
 * What the search for duplicates needs to know of a record: small, since each approval travels to it.
 *
 * @param kind what it is a sign of
 * @param terminalId null where unknown, as stan and rrn
 * @param authorizationKind null for a return
 */
public record Sign(
        Kind kind,
        LookalikeKey key,
        String eventId,
        String paymentId,
        String acquirerId,
        long occurredAtMillis,
        long arrivedAtMillis,
        Authorization.Kind authorizationKind,
        String terminalId,
        String stan,
        String rrn) {

    /** What a record is a sign of. */
    public enum Kind {
        /** A base authorization was asked for. */
        REQUESTED,
        /** A base authorization was approved. */
        APPROVED,
        /** A void, reversal or refund was done. */
        RETURNED
    }

    /** The sign that a record is, if it is one. */
    public static Optional<Sign> of(Fact fact) {
        if (fact instanceof Authorization a && a.base() && a.status() != Authorization.Status.DECLINED) {
            return Optional.of(new Sign(
                    a.approvedBase() ? Kind.APPROVED : Kind.REQUESTED,
                    new LookalikeKey(a.cardToken(), a.merchantId(), a.amount(), a.currency()),
                    a.eventId(),
                    a.paymentId(),
                    a.acquirerId(),
                    a.occurredAtMillis(),
                    a.arrivedAtMillis(),
                    a.kind(),
                    a.terminalId(),
                    a.stan(),
                    a.rrn()));
        }
        if (fact instanceof Reversal r && r.done() && r.cardToken() != null && r.originalAmount() != null) {
            return Optional.of(new Sign(
                    Kind.RETURNED,
                    new LookalikeKey(r.cardToken(), r.merchantId(), r.originalAmount(), r.currency()),
                    r.eventId(),
                    r.paymentId(),
                    r.acquirerId(),
                    r.occurredAtMillis(),
                    r.arrivedAtMillis(),
                    null,
                    null,
                    null,
                    null));
        }
        return Optional.empty();
    }

    /** Whether it makes the lookalikes be judged anew; a request alone does not. */
    boolean judges() {
        return kind != Kind.REQUESTED;
    }
}
