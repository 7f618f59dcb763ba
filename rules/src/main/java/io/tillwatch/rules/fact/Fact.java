package io.tillwatch.rules.fact;

import java.util.Comparator;

/** One admitted record about one payment. */
public sealed interface Fact extends PaymentEvent permits FeedRecord, Outcome, Suspicion {

    /** The order of money: by the sender's clock, then by event id. */
    Comparator<Fact> BY_OCCURRENCE =
            Comparator.comparingLong(Fact::occurredAtMillis).thenComparing(Fact::eventId);

    /** Identity of the record; a redelivery carries the same one. */
    String eventId();

    /** When it happened, on the sender's clock. */
    long occurredAtMillis();
}
