package io.tillwatch.acquirer.ledger;

import java.util.ArrayList;
import java.util.List;

/** An attempt at authorization, with the increments that were added to it. Changed by its payment only. */
public final class Authorization {

    /** What became of it. */
    public enum Status {
        APPROVED,
        DECLINED,
        REVERSED
    }

    final int index;
    final boolean approved;
    final String authCode;
    final List<AttemptName> names = new ArrayList<>();
    long amount;
    long held;
    /** What was held and is let go by a reversal. */
    long released;

    Authorization(int index, boolean approved, String authCode, AttemptName name, long amount) {
        this.index = index;
        this.approved = approved;
        this.authCode = authCode;
        this.names.add(name);
        this.amount = amount;
    }

    boolean isNamed(AttemptName name) {
        return names.stream().anyMatch(name::matches);
    }
}
