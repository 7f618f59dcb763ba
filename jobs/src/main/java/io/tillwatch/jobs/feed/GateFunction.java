package io.tillwatch.jobs.feed;

import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.guard.Sound;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Parts what came in: events of payments go on, dead letters are set aside, signs of life go to the guards, pulses have
 * done their work.
 */
public final class GateFunction extends ProcessFunction<Inbound, PaymentEvent> {

    /** Acquirers whose last sound is remembered; with more, some are passed on twice, which does no harm. */
    private static final int ACQUIRERS_MAX = 10_000;

    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<GuardInput> sounds;

    private transient Map<String, Sound> lastSounds;
    private transient MetricGroup metrics;
    private transient Map<Feed, Counter> admitted;
    private transient Map<String, Counter> refused;

    /**
     * @param deadLetters where refused records go
     * @param sounds where signs of life go
     */
    public GateFunction(OutputTag<DeadLetter> deadLetters, OutputTag<GuardInput> sounds) {
        this.deadLetters = deadLetters;
        this.sounds = sounds;
    }

    @Override
    public void open(OpenContext context) {
        lastSounds = new HashMap<>();
        metrics = getRuntimeContext().getMetricGroup().addGroup("tillwatch");
        admitted = new EnumMap<>(Feed.class);
        refused = new HashMap<>();
    }

    @Override
    public void processElement(Inbound inbound, Context context, Collector<PaymentEvent> out) {
        if (inbound.deadLetter() != null) {
            countRefused(inbound.deadLetter());
            context.output(deadLetters, inbound.deadLetter());
        }
        PaymentEvent event = inbound.event();
        if (event == null) {
            return;
        }
        out.collect(event);
        if (event instanceof Fact fact) {
            countAdmitted(fact.feed());
            hear(fact, context);
        }
    }

    private void countAdmitted(Feed feed) {
        admitted.computeIfAbsent(feed, f -> metrics.addGroup("feed", f.topic()).counter("recordsAdmitted"))
                .inc();
    }

    private void countRefused(DeadLetter letter) {
        String code = letter.refusal().code().name();
        refused.computeIfAbsent(
                        letter.feed() + ' ' + code,
                        name -> metrics.addGroup("feed", letter.feed())
                                .addGroup("code", code)
                                .counter("deadLetters"))
                .inc();
    }

    private void hear(Fact fact, Context context) {
        Sound sound = Sound.of(fact);
        if (sound == null) {
            return;
        }
        Sound last = lastSounds.get(sound.acquirerId());
        boolean sameMoment = last != null && last.atMillis() == sound.atMillis();
        if (sameMoment && (sound.kinds() & ~last.kinds()) == 0) {
            return;
        }
        if (lastSounds.size() >= ACQUIRERS_MAX) {
            lastSounds.clear();
        }
        int kinds = sameMoment ? last.kinds() | sound.kinds() : sound.kinds();
        lastSounds.put(sound.acquirerId(), new Sound(sound.acquirerId(), sound.atMillis(), kinds));
        context.output(sounds, new GuardInput.Heard(sound));
    }
}
