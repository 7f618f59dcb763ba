package io.tillwatch.acquirer.ledger;

/** How much an acquirer does to keep its clients from harm (docs/acquirer-protocol.md). */
public enum Tier {
    /** Answers inquiries, refuses late reversals, takes a key and a presentment once. */
    A(true, true, true),
    /** The same, but takes whatever is repeated as new. */
    B(true, true, false),
    /** Does nothing of it: a reversal that comes too late is taken all the same. */
    C(false, false, false);

    private final boolean inquiries;
    private final boolean refusesLateReversals;
    private final boolean deduplicates;

    Tier(boolean inquiries, boolean refusesLateReversals, boolean deduplicates) {
        this.inquiries = inquiries;
        this.refusesLateReversals = refusesLateReversals;
        this.deduplicates = deduplicates;
    }

    public boolean answersInquiries() {
        return inquiries;
    }

    public boolean refusesLateReversals() {
        return refusesLateReversals;
    }

    public boolean deduplicates() {
        return deduplicates;
    }
}
