package io.tillwatch.console.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.console.projection.Reach;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Counts what the console does. Tags are of few values: a request is known by the pattern of its path, never by the path, which
 * holds identities. For any number of threads.
 */
public final class ConsoleMetrics {

    /** Of the buckets: from a page of the memory's to the longest that a statement may take. */
    private static final Duration[] BOUNDS = Stream.of(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final List<String> SIGN_INS = List.of("in", "unknown", "tooMany", "away");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** What came of a call to the responder. */
    public enum Call {
        /** It was done, or the answer is what was asked for. */
        DONE,
        /** The responder said no. */
        REFUSED,
        /** The responder could not. */
        FAILED,
        /** There was no answer, or none that can be read. */
        AWAY
    }

    public ConsoleMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        // There from the beginning: what appears has no increase.
        for (Call call : Call.values()) {
            calls(call);
        }
        SIGN_INS.forEach(result -> registry.counter("tillwatch.console.sign.ins", "result", result));
    }

    /** @param route method and pattern of the path */
    public void request(String route, int status, Duration took) {
        Timer.builder("tillwatch.console.request")
                .description(
                        "Requests of browsers and of machines, by the pattern of the path and the answer's status.")
                .tags("route", route, "status", Integer.toString(status))
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(took);
    }

    public void called(Call call, Duration took) {
        calls(call).record(took);
    }

    private Timer calls(Call call) {
        return Timer.builder("tillwatch.console.responder.call")
                .description("Calls to the responder on people's behalf, by what came of them.")
                .tag("result", call.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /** @param result a symbol such as {@code in} or {@code unknown}: what the page says of it */
    public void signIn(String result) {
        registry.counter("tillwatch.console.sign.ins", "result", result).increment();
    }

    public void people(IntSupplier sessions, IntSupplier live) {
        Gauge.builder("tillwatch.console.sessions", () -> sessions.getAsInt())
                .description("People who are signed in, once for each browser.")
                .register(registry);
        Gauge.builder("tillwatch.console.live.pages", () -> live.getAsInt())
                .description("Open pages that are told of changes.")
                .register(registry);
    }

    public void reading(Reach reach) {
        Gauge.builder("tillwatch.console.database.reachable", reach, now -> now.databaseAnswers() ? 1 : 0)
                .description("0 from when the database did not answer the reader of the topics until it does.")
                .register(registry);
        for (Topic topic : reach.topics()) {
            String name = topic.baseName();
            Gauge.builder("tillwatch.console.projection.behind.records", reach, now -> now.behindRecords(topic))
                    .description("Records that were in a topic when it was last looked at and are not in the tables.")
                    .tag("topic", name)
                    .register(registry);
            Gauge.builder("tillwatch.console.projection.behind.seconds", reach, now -> now.behindSeconds(topic))
                    .description(
                            "Age of the newest moment of which it is known that all that had come is in the tables.")
                    .tag("topic", name)
                    .register(registry);
            FunctionCounter.builder("tillwatch.console.projection.records", reach, now -> now.read(topic))
                    .description("Records that were taken into the tables, pulses too.")
                    .tag("topic", name)
                    .register(registry);
            FunctionCounter.builder("tillwatch.console.projection.unreadable", reach, now -> now.unreadable(topic))
                    .description("Records that were passed over because they cannot be read.")
                    .tag("topic", name)
                    .register(registry);
        }
    }

    /** All of it, in Prometheus' text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
