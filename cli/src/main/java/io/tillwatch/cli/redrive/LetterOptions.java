package io.tillwatch.cli.redrive;

import io.tillwatch.rules.admission.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which letters. */
final class LetterOptions {

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only those refused with this code, of ${COMPLETION-CANDIDATES}; may be given again.")
    private Set<Refusal.Code> codes = EnumSet.noneOf(Refusal.Code.class);

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "Only those of this feed, for example settlements; may be given again.")
    private Set<String> feeds = new TreeSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that arrived since then: 2026-03-02T12:00:00Z, 2026-03-02 (UTC), or how long ago,"
                    + " as PT12H or P2D.")
    private String sinceOrNull;

    /** Whether a code was named. */
    boolean namesCode() {
        return !codes.isEmpty();
    }

    /** Whether any of them was given. */
    boolean given() {
        return namesCode() || !feeds.isEmpty() || sinceOrNull != null;
    }

    /** What is wrong with them, each with its remedy. */
    List<String> problems() {
        try {
            long unused = sinceMillis(0);
            return List.of();
        } catch (DateTimeException | ArithmeticException e) {
            return List.of("--since: \"" + sinceOrNull
                    + "\" is no time: give one as 2026-03-02T12:00:00Z, a day as 2026-03-02, or how long ago as PT12H");
        }
    }

    /** @param nowMillis from which on "ago" is counted */
    Predicate<Letter> matching(long nowMillis) {
        long since = sinceMillis(nowMillis);
        Set<String> names = new TreeSet<>();
        codes.forEach(code -> names.add(code.name()));
        return letter -> (names.isEmpty() || names.contains(letter.error()))
                && (feeds.isEmpty() || feeds.contains(letter.id().feed()))
                && letter.id().arrivedAtMillis() >= since;
    }

    private long sinceMillis(long nowMillis) {
        if (sinceOrNull == null) {
            return Long.MIN_VALUE;
        }
        if (sinceOrNull.startsWith("P")) {
            return nowMillis - Duration.parse(sinceOrNull).toMillis();
        }
        return sinceOrNull.indexOf('T') < 0
                ? LocalDate.parse(sinceOrNull)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli()
                : Instant.parse(sinceOrNull).toEpochMilli();
    }
}
