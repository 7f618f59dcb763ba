package io.tillwatch.cli.redrive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which refused record: where it stood in its feed, and when it arrived there. The time tells it from one that stood there
 * before the topic was made anew.
 *
 * @param feed the feed's topic without prefix
 * @param arrivedAtMillis its timestamp in the feed
 */
record LetterId(String feed, int partition, long offset, long arrivedAtMillis) implements Comparable<LetterId> {

    private static final Pattern TEXT =
            Pattern.compile("([a-z][a-z-]{0,30}):([0-9]{1,6}):([0-9]{1,18})(?:@(-?[0-9]{1,18}))?");

    /**
     * What a person names: a place, and the time only where it takes one to be understood.
     *
     * @param arrivedAtMillisOrNull null if it was not said
     */
    record Asked(String place, Long arrivedAtMillisOrNull) {

        boolean means(LetterId id) {
            return place.equals(id.place())
                    && (arrivedAtMillisOrNull == null || arrivedAtMillisOrNull == id.arrivedAtMillis());
        }
    }

    /** As people say it. */
    String place() {
        return feed + ":" + partition + ":" + offset;
    }

    /** As it is kept; names one record for ever. */
    String text() {
        return place() + "@" + arrivedAtMillis;
    }

    /** The record that such a text names, which must say the time. */
    static Optional<LetterId> of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && parts.group(4) != null
                ? Optional.of(new LetterId(
                        parts.group(1),
                        Integer.parseInt(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    /** What a person means by such a text. */
    static Optional<Asked> asked(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String place = parts.group(1) + ":" + Integer.parseInt(parts.group(2)) + ":" + Long.parseLong(parts.group(3));
        return Optional.of(new Asked(place, parts.group(4) == null ? null : (Long) Long.parseLong(parts.group(4))));
    }

    /** In the order of arrival. */
    @Override
    public int compareTo(LetterId other) {
        int byTime = Long.compare(arrivedAtMillis, other.arrivedAtMillis);
        int byFeed = byTime == 0 ? feed.compareTo(other.feed) : byTime;
        int byPartition = byFeed == 0 ? Integer.compare(partition, other.partition) : byFeed;
        return byPartition == 0 ? Long.compare(offset, other.offset) : byPartition;
    }
}
