package io.tillwatch.cli.chaos;

import java.time.Clock;
import java.util.Random;

/** Scenes without an end, by seed. For one thread. */
final class Scenes {

    private final String run;
    private final long seed;
    private final Clock clock;
    private final int weights;
    private long number;

    Scenes(String run, long seed, Clock clock) {
        this.run = run;
        this.seed = seed;
        this.clock = clock;
        int sum = 0;
        for (Plot plot : Plot.values()) {
            sum += plot.weight();
        }
        this.weights = sum;
    }

    /** The next one, which begins now. The first ones go through all the plots, so that a short run has each. */
    Scene next() {
        Random random = new Random(seed * 1_000_003 + number);
        Plot[] plots = Plot.values();
        Plot plot = number < plots.length ? plots[(int) number] : weighted(random);
        Staging stage = new Staging(plot, bank(random), run, number, clock.instant(), random);
        number++;
        perform(stage);
        return stage.scene();
    }

    private Plot weighted(Random random) {
        int left = random.nextInt(weights);
        for (Plot plot : Plot.values()) {
            left -= plot.weight();
            if (left < 0) {
                return plot;
            }
        }
        throw new IllegalStateException("the plots' weights do not add up to " + weights);
    }

    private static Bank bank(Random random) {
        int percent = random.nextInt(100);
        if (percent < 30) {
            return Bank.HTTP_A;
        } else if (percent < 45) {
            return Bank.HTTP_B;
        } else if (percent < 55) {
            return Bank.HTTP_C;
        } else if (percent < 85) {
            return Bank.ISO_A;
        } else if (percent < 90) {
            return Bank.SHUT;
        } else if (percent < 95) {
            return Bank.THRIFTY;
        }
        return Bank.FORGETFUL;
    }

    private static void perform(Staging stage) {
        switch (stage.plot) {
            case UNANSWERED_HELD,
                    UNANSWERED_AUTOMATIC,
                    UNANSWERED_DECLINED,
                    UNANSWERED_UNKNOWN,
                    UNANSWERED_LATE,
                    PREAUTH_HELD,
                    PREAUTH_CAPTURED,
                    PREAUTH_CAPTURE_RACES -> HoldPlots.perform(stage);
            case CAPTURE_OVERDUE,
                    CAPTURE_OVERDUE_CAPTURED,
                    CAPTURE_FAILED,
                    SETTLEMENT_OVERDUE,
                    SETTLEMENT_OVERDUE_SETTLED,
                    SETTLEMENT_REJECTED,
                    SETTLEMENT_RACES,
                    RELEASE_AND_CAPTURE -> RetryPlots.perform(stage);
            case SETTLED_TOO_LITTLE,
                    SETTLED_TWICE,
                    CAPTURED_TWICE_SETTLED,
                    CAPTURED_TWICE,
                    CAPTURED_TWICE_SETTLEMENT_RACES,
                    THREE_CAPTURES,
                    DUPLICATE,
                    DUPLICATE_COUNTERPART_GONE,
                    DUPLICATE_SETTLED,
                    REVERSAL_AND_REFUND,
                    REFUNDED_ELSEWHERE -> MoneyPlots.perform(stage);
            case WITHDRAWN_BEFORE,
                    WITHDRAWN_MEANWHILE,
                    REDELIVERED,
                    OTHER_CONTENT,
                    EXPIRED,
                    NEVER_APPROVED,
                    APPROVED,
                    OTHER_CURRENCY,
                    LESS_LEFT,
                    LONG_IDENTITIES,
                    NONSENSE_BETWEEN -> CommandPlots.perform(stage);
        }
    }
}
