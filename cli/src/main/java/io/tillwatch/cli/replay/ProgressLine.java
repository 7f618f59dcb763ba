package io.tillwatch.cli.replay;

import io.tillwatch.jobs.replay.ReplayListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says how far a replay has come, if it takes long: in one line of a terminal, or now and then in a log. */
final class ProgressLine implements ReplayListener, AutoCloseable {

    private static final Duration SILENT_FOR = Duration.ofSeconds(2);
    private static final Duration TERMINAL_EVERY = Duration.ofMillis(500);
    private static final Duration LOG_EVERY = Duration.ofSeconds(15);
    private static final int WIDTH = 78;

    private final PrintWriter out;
    private final boolean terminal;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> printing;
    private State state;
    private boolean printed;

    private record State(Stage stage, LongSupplier done, long total, long beganNanos) {}

    /** @param terminal whether a line can be written over */
    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        long every = (terminal ? TERMINAL_EVERY : LOG_EVERY).toMillis();
        this.printing = timer.scheduleAtFixedRate(this::print, SILENT_FOR.toMillis(), every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void begins(Stage stage, LongSupplier done, long total) {
        state = new State(stage, done, total, System.nanoTime());
    }

    private synchronized void print() {
        if (state == null) {
            return;
        }
        String text = text(state, System.nanoTime());
        if (terminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
        } else {
            out.println(text);
        }
        out.flush();
        printed = true;
    }

    private static String text(State state, long nowNanos) {
        String what = switch (state.stage()) {
            case READING -> "reading";
            case STARTING -> "starting";
            case DUPLICATES -> "looking for duplicates";
            case PAYMENTS -> "judging payments";
            case WRITING -> "writing the results";
        };
        if (state.total() == 0) {
            return what;
        }
        boolean bytes = state.stage() == Stage.READING;
        double scale = bytes ? 1e6 : 1;
        String unit = bytes ? "MB" : "records";
        double done = state.done().getAsLong() / scale;
        double seconds = Math.max(1, nowNanos - state.beganNanos()) / 1e9;
        return String.format(
                Locale.ROOT, "%s: %,.0f of %,.0f %s, %,.0f/s", what, done, state.total() / scale, unit, done / seconds);
    }

    @Override
    public void close() {
        printing.cancel(false);
        timer.shutdownNow();
        synchronized (this) {
            state = null;
            if (terminal && printed) {
                out.print("\r" + " ".repeat(WIDTH) + "\r");
                out.flush();
            }
        }
    }
}
