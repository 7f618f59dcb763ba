package io.tillwatch.cli.chaos;

/** The acquirers of a run. The simulator knows them by number; each helps against doing things twice as far as its tier says. */
enum Bank {
    /** Tier A over HTTP. */
    HTTP_A("20000001", Tier.A, Speech.HTTP),
    /** Tier B over HTTP: repeats are not recognized. */
    HTTP_B("20000002", Tier.B, Speech.HTTP),
    /** Tier C over HTTP: no inquiry, and a late reversal of a settled payment may be taken. */
    HTTP_C("20000003", Tier.C, Speech.HTTP),
    /** Tier A over ISO 8583. */
    ISO_A("20000004", Tier.A, Speech.ISO_8583),
    /** Tier A; its switch is closed until the end of the run. */
    SHUT("20000005", Tier.A, Speech.HTTP),
    /** Tier A; its budget of commands is small until the end of the run. */
    THRIFTY("20000006", Tier.A, Speech.HTTP),
    /** Tier A of a simulator of its own, which forgets keys within seconds. */
    FORGETFUL("20000007", Tier.A, Speech.HTTP);

    /** How much an acquirer helps. */
    enum Tier {
        A,
        B,
        C
    }

    /** What it speaks. */
    enum Speech {
        HTTP,
        ISO_8583
    }

    private final String acquirerId;
    private final Tier tier;
    private final Speech speech;

    Bank(String acquirerId, Tier tier, Speech speech) {
        this.acquirerId = acquirerId;
        this.tier = tier;
        this.speech = speech;
    }

    String acquirerId() {
        return acquirerId;
    }

    Tier tier() {
        return tier;
    }

    Speech speech() {
        return speech;
    }

    /** Whether RETRY_CAPTURE and RETRY_SETTLEMENT need no person: only where presentments are deduplicated. */
    boolean takesPresentments() {
        return tier == Tier.A;
    }
}
