package io.tillwatch.rules.guard;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Settlement;

/**
 * A sign of life of an acquirer's feeds: that in one tenth of a second at least one record of these kinds arrived. So
 * coarse that a busy feed does not have to be looked at twice, and the same however the records are divided among tasks.
 *
 * @param atMillis the end of the tenth of a second
 * @param kinds the bits of {@link WatchedFeed} that were heard
 */
public record Sound(String acquirerId, long atMillis, int kinds) {

    /** The grid of time on which feeds are listened to. */
    public static final long GRID_MILLIS = 100;

    /** What a record lets be heard; null when nothing. */
    public static Sound of(Fact fact) {
        int kinds = kinds(fact);
        return kinds == 0 ? null : new Sound(((FeedRecord) fact).acquirerId(), gridAt(fact.arrivedAtMillis()), kinds);
    }

    private static int kinds(Fact fact) {
        if (fact instanceof Authorization a) {
            return switch (a.status()) {
                case REQUESTED -> WatchedFeed.RESPONSES.awaited();
                case DECLINED -> WatchedFeed.RESPONSES.heard();
                case APPROVED -> WatchedFeed.RESPONSES.heard() | follows(a);
            };
        } else if (fact instanceof Capture c) {
            return WatchedFeed.CAPTURES.heard() | (c.accepted() ? WatchedFeed.SETTLEMENTS.awaited() : 0);
        } else if (fact instanceof Settlement) {
            return WatchedFeed.SETTLEMENTS.heard();
        }
        return 0;
    }

    /** What must follow an approval soon; a pre-authorization is captured days later. */
    private static int follows(Authorization a) {
        if (a.automatic()) {
            return WatchedFeed.SETTLEMENTS.awaited();
        }
        return a.kind() == Authorization.Kind.SALE ? WatchedFeed.CAPTURES.awaited() : 0;
    }

    private static long gridAt(long millis) {
        return Math.floorDiv(millis + GRID_MILLIS - 1, GRID_MILLIS) * GRID_MILLIS;
    }
}
