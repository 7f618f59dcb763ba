package io.tillwatch.cli.latency;

import io.tillwatch.cli.growth.Canaries;
import io.tillwatch.cli.latency.Latencies.Series;
import io.tillwatch.cli.latency.Measured.Window;
import io.tillwatch.cli.live.AlertReader;
import io.tillwatch.cli.live.Directories;
import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.cli.live.Lives;
import io.tillwatch.cli.live.LocalSystem;
import io.tillwatch.cli.live.Percentiles;
import io.tillwatch.cli.live.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Puts a system under one load: broker and jobs in processes of their own, generator and reader in this one. */
final class LatencyRun {

    private static final double FAULT_SHARE = 0.05;
    private static final int PROGRESS_SECONDS = 5;
    private static final int LAST_SECONDS = 5;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 100;

    /** Twice as slow, and by more than a hiccup. */
    private static final long HICCUP_MILLIS = 100;

    private final Load load;
    private final Latencies latencies = new Latencies();

    LatencyRun(Load load) {
        this.load = load;
    }

    Measured measure() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("tillwatch-latency");
        try {
            LocalSystem system = LocalSystem.start(
                    new LocalSystem.Plan(directory, 4, 2, load.rocksDb(), "PT10S", load.heapMegabytes(), 0, 0));
            try (system) {
                return measure(system);
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private Measured measure(LocalSystem system) throws InterruptedException {
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        FeedProducer batchProducer = new FeedProducer(system.bootstrapServers());
        Canaries canaries = new Canaries(batchProducer);
        SettlementBatch batch = new SettlementBatch(batchProducer, canaries, load.batch());
        AlertReader reader = AlertReader.start(system.bootstrapServers(), (alert, readableAtMillis) -> {
            canaries.note(alert);
            latencies.note(alert, readableAtMillis);
        });
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try (producer;
                batchProducer;
                reader) {
            producer.write(Lives.policy(), null);
            producer.flush();
            batch.policies();
            system.startJobs();
            if (load.batch() > 0) {
                batch.prepare(system::jobsAlive);
            }
            return underTraffic(system, producer, batch, timer);
        } finally {
            timer.shutdownNow();
        }
    }

    private Measured underTraffic(
            LocalSystem system, FeedProducer producer, SettlementBatch batch, ScheduledExecutorService timer)
            throws InterruptedException {
        // One run for all: the lives of the warm-up end within the time that is measured.
        Traffic traffic =
                new Traffic(producer, new Lives(load.seed(), "latency"), load.seed(), FAULT_SHARE, Latencies::expected);
        long from = System.currentTimeMillis() + load.warmUpSeconds() * 1000L;
        long to = from + load.seconds() * 1000L;
        AtomicLong writtenBefore = new AtomicLong();
        AtomicLong writtenAfter = new AtomicLong();
        later(timer, from - System.currentTimeMillis(), () -> writtenBefore.set(traffic.written()));
        later(timer, to - System.currentTimeMillis(), () -> writtenAfter.set(traffic.written()));
        // Ends with the timer: nobody waits for it.
        var unused = timer.scheduleAtFixedRate(
                () -> tellProgress(traffic, from), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<SettlementBatch.Times> arrived = load.batch() == 0
                ? CompletableFuture.completedFuture(null)
                : batch.arrive(
                        task -> later(timer, load.warmUpSeconds() * 1000L + load.seconds() * 500L, task),
                        system::jobsAlive);

        traffic.run(load.paymentsPerSecond(), Duration.ofSeconds(load.warmUpSeconds() + load.seconds()));
        SettlementBatch.Times times = arrived.join();
        Series series = drain(system, traffic);
        double sent = (writtenAfter.get() - writtenBefore.get()) / (double) load.seconds();
        return measured(series, sent, from, to, times);
    }

    /** Waits for the alerts that are still to come. */
    private Series drain(LocalSystem system, Traffic traffic) throws InterruptedException {
        long end = System.nanoTime() + Lives.LONGEST.plus(DRAINED_WITHIN).toNanos();
        Series series = latencies.series(traffic);
        while (series.missed() > 0 && System.nanoTime() < end) {
            if (!system.jobsAlive()) {
                throw new IllegalStateException("the jobs ended by themselves, under " + load + " with a heap of "
                        + load.heapMegabytes() + " MB: ask for less");
            }
            Thread.sleep(POLL_MILLIS);
            series = latencies.series(traffic);
        }
        return series;
    }

    private Measured measured(Series series, double sent, long from, long to, SettlementBatch.Times batch) {
        long third = (to - from) / 3;
        Percentiles first = Series.within(series.atOnce(), from, from + third);
        Percentiles last = Series.within(series.atOnce(), to - third, to);
        Percentiles end = Series.within(series.atOnce(), to - LAST_SECONDS * 1000L, to);
        List<Window> windows = batch == null
                ? List.of(window("all", series, from, to))
                : List.of(
                        window("before the batch", series, from, batch.beganMillis()),
                        window("during the batch", series, batch.beganMillis(), batch.takenMillis()),
                        window("after the batch", series, batch.takenMillis(), Math.max(to, batch.takenMillis())));
        return new Measured(
                load,
                sent,
                series.missed(),
                Math.round(sent * end.p50() / 1000),
                last.p50() > 2 * first.p50() + HICCUP_MILLIS,
                windows,
                batch == null ? 0 : (batch.takenMillis() - batch.beganMillis()) / 1000.0);
    }

    private static Window window(String name, Series series, long from, long to) {
        return new Window(name, Series.within(series.atOnce(), from, to), Series.within(series.deadlines(), from, to));
    }

    private static void later(ScheduledExecutorService timer, long millis, Runnable task) {
        // Ends with the timer: nobody waits for it.
        var unused = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** On the way, for who waits: how late the alerts of deadlines were since the last line. */
    private void tellProgress(Traffic traffic, long from) {
        Percentiles p = latencies.lately();
        System.err.printf(
                "%s, %s: %,d records, %d deadlines told, %d ms late in the median, %d at most%n",
                load,
                System.currentTimeMillis() < from ? "warming up" : "measuring",
                traffic.written(),
                p.count(),
                p.p50(),
                p.max());
    }
}
