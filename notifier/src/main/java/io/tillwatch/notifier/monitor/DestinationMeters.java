package io.tillwatch.notifier.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The figures of one destination, which is a tag of each. All are there from the beginning, so that their absence tells. */
public final class DestinationMeters {

    private static final Duration[] BOUNDS = Stream.of(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Counter told;
    private final Counter failed;
    private final Counter givenUp;
    private final Counter passedOver;
    private final Timer requests;
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicLong open = new AtomicLong();

    public DestinationMeters(MeterRegistry registry, String destination) {
        told = events(registry, destination, "told");
        failed = events(registry, destination, "failed");
        givenUp = events(registry, destination, "given_up");
        passedOver = Counter.builder("tillwatch.notifier.records.passed.over")
                .description("Records of the topic of alerts that are none, or hold what must not be told.")
                .tag("destination", destination)
                .register(registry);
        requests = Timer.builder("tillwatch.notifier.request")
                .description("Requests to a destination, whatever came of them.")
                .tag("destination", destination)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        gauge(destination, "tillwatch.notifier.behind.records", behind, 1)
                .description("Records of the topic of alerts that were not yet looked at for a destination.")
                .register(registry);
        gauge(destination, "tillwatch.notifier.oldest.seconds", oldestMillis, 0.001)
                .description("Age of the oldest change that a destination was not yet told, 0 if there is none.")
                .register(registry);
        gauge(destination, "tillwatch.notifier.down", down, 1)
                .description("1 while a destination does not take what it is told.")
                .register(registry);
        gauge(destination, "tillwatch.notifier.alerts.open", open, 1)
                .description("Alerts that stand and a destination is told of again and again; of an Alertmanager only.")
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, String destination, String result) {
        return Counter.builder("tillwatch.notifier.events")
                .description("Attempts to tell of a change: told, failed (and tried again), or given_up.")
                .tags("destination", destination, "result", result)
                .register(registry);
    }

    private static Gauge.Builder<AtomicLong> gauge(String destination, String name, AtomicLong value, double factor) {
        return Gauge.builder(name, value, now -> now.get() * factor).tag("destination", destination);
    }

    public void told(int count) {
        told.increment(count);
        down.set(0);
    }

    public void failed() {
        failed.increment();
        down.set(1);
    }

    public void givenUp() {
        givenUp.increment();
    }

    public void passedOver() {
        passedOver.increment();
    }

    public void request(Duration took) {
        requests.record(took.isNegative() ? Duration.ZERO : took);
    }

    public void behind(long records) {
        behind.set(records);
    }

    public void oldest(Duration age) {
        oldestMillis.set(Math.max(0, age.toMillis()));
    }

    public void open(long alerts) {
        open.set(alerts);
    }

    /** Whether the last attempt failed. */
    public boolean isDown() {
        return down.get() == 1;
    }
}
