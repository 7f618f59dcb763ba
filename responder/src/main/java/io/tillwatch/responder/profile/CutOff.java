package io.tillwatch.responder.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When an acquirer closes its day: what was captured until then is settled, and can no more be voided.
 *
 * @param time of each day, as the acquirer's clocks show it; where the clocks are put forward over it, as soon as they were
 * @param zone of those clocks
 * @param margin before and after it in which a void may come on either side; more than zero, less than 12 hours
 */
public record CutOff(LocalTime time, ZoneId zone, Duration margin) {

    public static final Duration MARGIN_DEFAULT = Duration.ofMinutes(15);
    public static final Duration MARGIN_MAX = Duration.ofHours(11);

    /** How long until the margin around a cut-off is over; empty outside of one. */
    public Optional<Duration> untilPast(Instant now) {
        Instant next = lastUntil(now.plus(margin));
        return next.isAfter(now.minus(margin))
                ? Optional.of(Duration.between(now, next.plus(margin)))
                : Optional.empty();
    }

    /** Whether a day was closed after one moment and until the other, or may have been: the margin counts. */
    public boolean between(Instant from, Instant until) {
        return lastUntil(until.plus(margin)).isAfter(from.minus(margin));
    }

    /** The last cut-off at a moment or before. */
    private Instant lastUntil(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        Instant sameDay = local.toLocalDate().atTime(time).atZone(zone).toInstant();
        return sameDay.isAfter(moment)
                ? local.toLocalDate().minusDays(1).atTime(time).atZone(zone).toInstant()
                : sameDay;
    }
}
