package io.tillwatch.bench.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be made up. The same plan gives the same records.
 *
 * @param seed of all that is drawn
 * @param payments how many
 * @param days over how many the sales are spread; captures and settlements follow
 */
public record Plan(long seed, int payments, int days) {

    /** When the first sale is made. */
    public static final long FIRST_MILLIS =
            Instant.parse("2026-09-21T00:00:00Z").toEpochMilli();

    /** Captured two hours after the sale at the most, to be settled 96 hours later; and a day, for who waits for it. */
    private static final Duration ALL_IS_KNOWN_AFTER = Duration.ofHours(2 + 96 + 24);

    private static final int DAYS_MAX = 80;

    /** @throws IllegalArgumentException naming all that is out of bounds */
    public Plan {
        List<String> problems = new ArrayList<>();
        if (payments < 1) {
            problems.add("payments: " + payments + " is too few; give 1 or more");
        }
        if (days < 1 || days > DAYS_MAX) {
            problems.add("days: " + days + " is not in 1.." + DAYS_MAX);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    long spanMillis() {
        return Duration.ofDays(days).toMillis();
    }

    /** By when everything that is wrong can be known. */
    long endMillis() {
        return FIRST_MILLIS + spanMillis() + ALL_IS_KNOWN_AFTER.toMillis();
    }
}
