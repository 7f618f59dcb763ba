package io.tillwatch.responder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillwatch.registry.Wire;
import io.tillwatch.responder.engine.WorkerEvents;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.End;
import io.tillwatch.responder.kafka.IntakeEvents;
import io.tillwatch.schemas.record.Command;
import java.time.Duration;
import java.util.stream.Stream;

/** Counts what the intake and the workers tell. Tags are of few values: no identity but the acquirer's is among them. */
final class Meters implements WorkerEvents, IntakeEvents {

    /** Of the buckets: from an acquirer next door to the longest time-outs in use. */
    private static final Duration[] BOUNDS = Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter lost;
    private final Counter refused;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.lost = registry.counter("tillwatch.responder.claims.lost");
        this.refused = registry.counter("tillwatch.responder.records.refused");
    }

    /** How the schema registry does that this instance asks, if it asks one. */
    void watch(Wire wire) {
        FunctionCounter.builder("tillwatch.registry.failures", wire, Wire::failures)
                .description("Questions that the schema registry did not answer.")
                .register(registry);
        Gauge.builder("tillwatch.registry.waiting.seconds", wire, one -> one.waitingMillis() / 1_000.0)
                .description("How long reading has been waiting for the schema registry.")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void ended(Command command, End end) {
        registry.counter(
                        "tillwatch.responder.commands.ended",
                        "acquirer",
                        command.getOriginal().getAcquirerId(),
                        "action",
                        command.getAction().name(),
                        "result",
                        end.result().name())
                .increment();
    }

    @Override
    public void unknown(Command command) {
        registry.counter(
                        "tillwatch.responder.turns.unknown",
                        "acquirer",
                        command.getOriginal().getAcquirerId(),
                        "action",
                        command.getAction().name())
                .increment();
    }

    @Override
    public void lost(String commandId) {
        lost.increment();
    }

    @Override
    public void sentAway(String acquirerId) {
        registry.counter("tillwatch.responder.turns.sent.away", "acquirer", acquirerId)
                .increment();
    }

    @Override
    public void answered(String acquirerId, Exchange exchange, String answer, Duration after) {
        Timer.builder("tillwatch.responder.exchange")
                .description("Exchanges with acquirers, by what was said and the kind of the answer.")
                .tags("acquirer", acquirerId, "exchange", exchange.name(), "answer", answer)
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(after);
    }

    @Override
    public void taken(CommandReceipt.Counts counts) {
        received("taken", counts.taken());
        received("again", counts.again());
        received("changed", counts.changed());
        received("rejected", counts.rejected());
    }

    @Override
    public void refused(int count) {
        refused.increment(count);
    }

    private void received(String as, int count) {
        registry.counter("tillwatch.responder.commands.received", "as", as).increment(count);
    }
}
