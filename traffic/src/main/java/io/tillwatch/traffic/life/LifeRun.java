package io.tillwatch.traffic.life;

import io.tillwatch.traffic.acquirer.AcquirerEvent;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.feed.Letters;
import java.time.Instant;

/** A life that is being lived. Mutable and confined to one thread. */
public final class LifeRun {

    private final Life life;
    private final Instant[] happenedAt;
    private int next;

    /**
     * What comes of a step.
     *
     * @param occurredAt when it happened
     * @param told what the acquirer must be told first, or null
     * @param letter what the feed must be told then, or null
     */
    public record Taken(Instant occurredAt, AcquirerEvent told, Letter letter) {}

    public LifeRun(Life life) {
        this.life = life;
        this.happenedAt = new Instant[life.happenings().size()];
    }

    public Life life() {
        return life;
    }

    public boolean done() {
        return next == life.steps().size();
    }

    /** How long after the step before, or after the life's beginning, the next one is due. */
    public long nextGapMillis() {
        return life.steps().get(next).gapMillis();
    }

    /** Takes the next step now. */
    public Taken take(Instant now, Letters letters) {
        Life.Step step = life.steps().get(next++);
        Happening happening = life.happenings().get(step.happening());
        if (step.happens()) {
            happenedAt[step.happening()] = now;
        }
        Instant occurredAt = happenedAt[step.happening()];
        Letter letter = null;
        if (step.delivered()) {
            letter = happening.flaw() == null
                    ? letters.of(happening.record().at(occurredAt))
                    : letters.of(happening.record().at(occurredAt), happening.flaw());
        }
        return new Taken(occurredAt, step.happens() ? happening.told() : null, letter);
    }
}
