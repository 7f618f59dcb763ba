package io.tillwatch.responder.iso8583;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * What a message calls itself.
 *
 * @param stan DE 11, six digits
 * @param transmitted DE 7: MMDDhhmmss, UTC
 */
record Identifiers(String stan, String transmitted) {

    private static final String STAN = "stan";
    private static final String TRANSMITTED = "transmitted";
    private static final Pattern SIX_DIGITS = Pattern.compile("\\d{6}");
    private static final Pattern TEN_DIGITS = Pattern.compile("\\d{10}");

    static final DateTimeFormatter TRANSMISSION = DateTimeFormatter.ofPattern("MMddHHmmss", Locale.ROOT);

    /** Numbers messages, from a number that a restart does not repeat at once. Safe for use by several threads. */
    static final class Source {

        private static final int STANS = 999_999;

        private final Clock clock;
        private final AtomicInteger next;

        Source(Clock clock) {
            this.clock = clock;
            this.next = new AtomicInteger((int) Math.floorMod(clock.millis(), (long) STANS));
        }

        Identifiers next() {
            int stan = 1 + next.getAndUpdate(last -> (last + 1) % STANS);
            return new Identifiers(
                    String.format(Locale.ROOT, "%06d", stan),
                    LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).format(TRANSMISSION));
        }
    }

    Map<String, String> asMap() {
        return Map.of(STAN, stan, TRANSMITTED, transmitted);
    }

    /** Empty if the map is not of this adapter's making. */
    static Optional<Identifiers> of(Map<String, String> map) {
        String stan = map.getOrDefault(STAN, "");
        String transmitted = map.getOrDefault(TRANSMITTED, "");
        return SIX_DIGITS.matcher(stan).matches()
                        && TEN_DIGITS.matcher(transmitted).matches()
                ? Optional.of(new Identifiers(stan, transmitted))
                : Optional.empty();
    }

    /** DE 12, in UTC. */
    String time() {
        return transmitted.substring(4);
    }

    /** DE 13, in UTC. */
    String date() {
        return transmitted.substring(0, 4);
    }
}
