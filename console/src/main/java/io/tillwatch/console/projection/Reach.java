package io.tillwatch.console.projection;

import io.tillwatch.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How far reading has come, by topic. Under a steady stream there is always something that was not read yet, so what counts is
 * whether all is in the tables that was in the topic at the last look. While Kafka does not answer there is no look, and while the
 * database does not answer nothing is taken: the age of the newest such moment grows in both cases. For any number of threads.
 */
public final class Reach {

    private final Clock clock;
    private final Map<Topic, Standing> standings = new EnumMap<>(Topic.class);
    private boolean databaseAnswers = true;

    /** Of one topic. */
    private static final class Standing {
        private long behind;
        private Instant completeAt;
        private long read;
        private long unreadable;
    }

    Reach(Collection<Topic> topics, Clock clock) {
        this.clock = clock;
        Instant now = clock.instant();
        for (Topic topic : topics) {
            Standing standing = new Standing();
            standing.completeAt = now;
            standings.put(topic, standing);
        }
    }

    /** @param behind records of those that were there then and are not in the tables */
    synchronized void looked(Topic topic, long behind, Instant then) {
        Standing standing = standings.get(topic);
        standing.behind = behind;
        if (behind == 0) {
            standing.completeAt = then;
        }
    }

    synchronized void took(Topic topic, long records, long unreadable) {
        Standing standing = standings.get(topic);
        standing.read += records;
        standing.unreadable += unreadable;
    }

    synchronized void database(boolean answers) {
        databaseAnswers = answers;
    }

    /** Those that are read. */
    public Set<Topic> topics() {
        return Set.copyOf(standings.keySet());
    }

    /** Whether the database answered when it was last asked. */
    public synchronized boolean databaseAnswers() {
        return databaseAnswers;
    }

    /** Records that were in the topic at the last look and are not in the tables. */
    public synchronized long behindRecords(Topic topic) {
        return standings.get(topic).behind;
    }

    /** Since when the tables may lack something, in seconds; counted from the start until all was read once. */
    public synchronized double behindSeconds(Topic topic) {
        Duration since = Duration.between(standings.get(topic).completeAt, clock.instant());
        return since.isNegative() ? 0 : since.toMillis() / 1_000.0;
    }

    /** Records that this process took in, pulses too. */
    public synchronized long read(Topic topic) {
        return standings.get(topic).read;
    }

    /** Records that this process passed over because they cannot be read. */
    public synchronized long unreadable(Topic topic) {
        return standings.get(topic).unreadable;
    }
}
