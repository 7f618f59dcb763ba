package io.tillwatch.responder.people;

import java.util.Optional;

/** Whose turn it is to answer in a case, from the nearest to the last. */
public enum Rung {
    /** The merchant, who knows what was sold. */
    MERCHANT,
    /** The acquirer, who moved the money. */
    ACQUIRER,
    /** The card scheme, or the payment institution where there is none. */
    SCHEME_OR_INSTITUTION,
    /** The regulator. */
    REGULATOR;

    /** The next one up. */
    public Optional<Rung> next() {
        return this == REGULATOR ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
    }
}
