package io.tillwatch.cli.growth;

import io.tillwatch.cli.growth.Grown.Checkpoints;
import io.tillwatch.cli.growth.Grown.Restart;
import io.tillwatch.cli.live.AlertReader;
import io.tillwatch.cli.live.Directories;
import io.tillwatch.cli.live.FeedProducer;
import io.tillwatch.cli.live.LocalSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures one cell: a broker, the pulses and both jobs as they are, each in a process of its own. The jobs are started
 * when the backlog that fills them is written, go on with steady records, are killed and started again.
 */
final class GrowthRun {

    private static final int PARTITIONS = 4;
    private static final int JOBS = 2;
    private static final long RECORDS_PER_PAYMENT = 3;
    private static final int POLL_MILLIS = 20;

    private final Cell cell;
    private final String checkpointEvery;
    private final long steadyPayments;
    private final Duration within;
    private final Consumer<String> progress;

    /**
     * @param checkpointEvery as an ISO 8601 duration
     * @param steadyRecords how many to measure, after as many to warm up
     * @param within how long a phase may take
     */
    GrowthRun(Cell cell, String checkpointEvery, long steadyRecords, Duration within, Consumer<String> progress) {
        this.cell = cell;
        this.checkpointEvery = checkpointEvery;
        // The same for every cell, as is the warm-up before it: a colder JVM would be taken for a costlier size.
        this.steadyPayments = Math.max(1, steadyRecords / RECORDS_PER_PAYMENT);
        this.within = within;
        this.progress = progress;
    }

    Grown measure() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("tillwatch-growth");
        int port = FreePort.pick();
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(
                directory,
                PARTITIONS,
                cell.parallelism(),
                cell.keeps() == Cell.Keeps.ROCKSDB,
                checkpointEvery,
                cell.heapMegabytes(),
                port,
                0));
        try (system) {
            return measure(system, new FlinkRest(port));
        } finally {
            Directories.delete(directory);
        }
    }

    private Grown measure(LocalSystem system, FlinkRest flink) throws InterruptedException {
        FeedProducer producer = new FeedProducer(system.bootstrapServers());
        Canaries canaries = new Canaries(producer);
        AlertReader reader =
                AlertReader.start(system.bootstrapServers(), (alert, readableAtMillis) -> canaries.note(alert));
        try (producer;
                reader) {
            Writing writing = new Writing(producer, cell.open());
            producer.write(OpenPayments.policy(), Writing.UNCHECKED);
            writing.fill(written -> progress.accept(String.format("%,d written", written)));
            canaries.write("fill");

            long start = System.nanoTime();
            system.startJobs();
            canaries.awaitAll("fill", within, system::jobsAlive);
            Duration fillWall = since(start);
            Duration fillCpu = system.jobsCpu();
            progress.accept(String.format("filled after %.1f s", fillWall.toMillis() / 1000.0));
            Checkpoints full = checkpoint(system, flink);

            steady(writing, canaries, system, "warm");
            Duration before = system.jobsCpu();
            steady(writing, canaries, system, "steady");
            Duration steadyCpu = system.jobsCpu().minus(before);
            Checkpoints later = checkpoint(system, flink);
            long steadyRecords = steadyPayments * RECORDS_PER_PAYMENT;
            progress.accept(String.format(
                    "%.2f µs of CPU an event; killed now", steadyCpu.toNanos() / 1_000.0 / steadyRecords));

            return new Grown(
                    cell,
                    cell.open(),
                    fillCpu,
                    fillWall,
                    steadyRecords,
                    steadyCpu,
                    full,
                    later,
                    restart(canaries, system, flink));
        }
    }

    private void steady(Writing writing, Canaries canaries, LocalSystem system, String phase) {
        writing.steady(steadyPayments);
        canaries.write(phase);
        canaries.awaitAll(phase, within, system::jobsAlive);
    }

    /** The next checkpoint that is triggered from now on. */
    private Checkpoints checkpoint(LocalSystem system, FlinkRest flink) throws InterruptedException {
        long now = System.currentTimeMillis();
        long end = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < end && system.jobsAlive()) {
            Optional<Checkpoints> newest = flink.checkpointsAfter(now, JOBS);
            if (newest.isPresent()) {
                return newest.get();
            }
            Thread.sleep(POLL_MILLIS * 10);
        }
        throw new GrowthFailedException("no checkpoint was completed within " + within.toSeconds() + " s");
    }

    private Restart restart(Canaries canaries, LocalSystem system, FlinkRest flink) throws InterruptedException {
        system.killJobs();
        canaries.write("again");
        long start = System.nanoTime();
        system.startJobs();
        long end = start + within.toNanos();
        while (!flink.allTasksRun(JOBS)) {
            if (System.nanoTime() > end || !system.jobsAlive()) {
                throw new GrowthFailedException("the jobs did not come back within " + within.toSeconds() + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
        Duration allTasksRun = since(start);
        canaries.awaitFirst("again", within, system::jobsAlive);
        return new Restart(allTasksRun, since(start));
    }

    private static Duration since(long nanos) {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos));
    }
}
