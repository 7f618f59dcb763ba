package io.tillwatch.cli.chaos;

import io.tillwatch.cli.process.ProgramProcess;
import io.tillwatch.cli.process.ProgramProcess.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps one instance of the responder running, and ends it again and again as is planned. When the plan is used up the last
 * one is left alive until the reaper is closed. Several reapers share a plan.
 */
final class Reaper implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BARRIER_WITHIN = Duration.ofSeconds(10);
    private static final int STARTS_MAX = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Stage stage;
    private final Program program;
    private final Deque<Death> plan;
    private final Deeds deeds;
    private final AtomicInteger kills;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile ProgramProcess process;
    private volatile RuntimeException failure;

    /**
     * Starts keeping.
     *
     * @param program of the responder
     * @param plan shared, and safe for use by several threads
     * @param kills counted up with each
     */
    Reaper(String name, Stage stage, Program program, Deque<Death> plan, Deeds deeds, AtomicInteger kills) {
        this.stage = stage;
        this.program = program;
        this.plan = plan;
        this.deeds = deeds;
        this.kills = kills;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Why it could not go on; empty if it does. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                life();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** From one start to the death that is next, with the sleeps before it. */
    private void life() throws InterruptedException {
        List<Death.Sleep> sleeps = new ArrayList<>();
        Death death = plan.poll();
        while (death instanceof Death.Sleep sleep) {
            sleeps.add(sleep);
            death = plan.poll();
        }
        start(death);
        for (Death.Sleep sleep : sleeps) {
            sleep(sleep);
        }
        if (death instanceof Death.At at) {
            at(at);
        } else if (death instanceof Death.AtRandom random) {
            pause(random.afterMillis());
            kill("at random");
        } else {
            live();
        }
    }

    /**
     * Starts it, armed for the death that is next; that may come before it is ready. One that gives up because the database
     * is cut off from it just then is started again, as any supervisor would.
     */
    private void start(Death death) throws InterruptedException {
        List<String> options =
                death instanceof Death.At at ? List.of(at.barrier().armed(at.passing())) : List.of();
        for (int i = 0; i < STARTS_MAX; i++) {
            process = ProgramProcess.start(program.with(options), stage.responderArguments());
            boolean ready = process.awaitReady(READY_WITHIN).isPresent();
            if (ready || (!process.isAlive() && process.exitCode() == Barrier.HALTED)) {
                return;
            }
            process.kill();
            deeds.died("gave up starting");
        }
        throw new IllegalStateException(
                "a responder does not start, " + STARTS_MAX + " times in a row: its log is " + program.log());
    }

    private void at(Death.At at) throws InterruptedException {
        if (process.awaitEnd(BARRIER_WITHIN)) {
            if (process.exitCode() != Barrier.HALTED) {
                throw new IllegalStateException("a responder that was to halt " + at + " ended with exit code "
                        + process.exitCode() + ": its log is " + program.log());
            }
            deeds.died(at.barrier().name());
            kills.incrementAndGet();
        } else {
            // It does not come by so often.
            kill("at random, " + at.barrier() + " not reached");
        }
    }

    private void kill(String how) {
        process.kill();
        deeds.died(how);
        kills.incrementAndGet();
    }

    private void sleep(Death.Sleep sleep) throws InterruptedException {
        pause(sleep.afterMillis());
        process.freeze();
        try {
            pause(sleep.forMillis());
        } finally {
            process.thaw();
        }
        deeds.died("asleep past its lease");
    }

    private void live() throws InterruptedException {
        while (closing.getCount() > 0) {
            if (process.awaitEnd(LOOK_EVERY) && closing.getCount() > 0) {
                throw new IllegalStateException("a responder ended by itself with exit code " + process.exitCode()
                        + ": its log is " + program.log());
            }
        }
    }

    private void pause(long millis) throws InterruptedException {
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("closed");
        }
    }

    /** Ends the last one in order. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(BARRIER_WITHIN.plus(READY_WITHIN).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProgramProcess last = process;
        if (last != null && last.isAlive()) {
            last.thaw();
            last.close();
        }
    }
}
