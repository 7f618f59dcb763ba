package io.tillwatch.jobs.feed;

import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.rules.admission.Refusal;
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

    private final Feed feed;
    private final OutputTag<DeadLetter> deadLetters;
    private final OutputTag<GuardInput> sounds;

    private transient Map<String, Sound> lastSounds;
    private transient Map<Refusal.Code, Counter> refusedByCode;
    private transient MetricGroup metrics;
    private transient Counter admitted;
    private transient long readToMillis;

    /**
     * @param feed for the metrics; null where the records of all feeds come in one stream
     * @param deadLetters where refused records go
     * @param sounds where signs of life go
     */
    public GateFunction(Feed feed, OutputTag<DeadLetter> deadLetters, OutputTag<GuardInput> sounds) {
        this.feed = feed;
        this.deadLetters = deadLetters;
        this.sounds = sounds;
    }

    @Override
    public void open(OpenContext context) {
        lastSounds = new HashMap<>();
        refusedByCode = new EnumMap<>(Refusal.Code.class);
        metrics = getRuntimeContext()
                .getMetricGroup()
                .addGroup("tillwatch")
                .addGroup("feed", feed == null ? "all" : feed.topic());
        admitted = metrics.counter("recordsAdmitted");
        // Reads the wall clock for people to look at; nothing is decided by it.
        metrics.gauge("clockLagMillis", () -> readToMillis == 0 ? -1 : System.currentTimeMillis() - readToMillis);
    }

    @Override
    public void processElement(Inbound inbound, Context context, Collector<PaymentEvent> out) {
        readToMillis = Math.max(readToMillis, inbound.arrivedAtMillis());
        if (inbound.deadLetter() != null) {
            refusedByCode
                    .computeIfAbsent(
                            inbound.deadLetter().refusal().code(),
                            code -> metrics.addGroup("code", code.name()).counter("deadLetters"))
                    .inc();
            context.output(deadLetters, inbound.deadLetter());
        }
        PaymentEvent event = inbound.event();
        if (event == null) {
            return;
        }
        out.collect(event);
        if (event instanceof Fact fact) {
            admitted.inc();
            hear(fact, context);
        }
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
