package io.tillwatch.query;

import io.tillwatch.query.snapshot.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells on stderr, so that answers can be piped: on a terminal with a line that changes. */
final class SpokenProgress implements Progress {

    private static final long EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final PrintWriter err;
    private final boolean terminal;
    private long saidAt = System.nanoTime();
    private boolean lineOpen;

    SpokenProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void notice(String sentence) {
        endLine();
        err.println(sentence);
        err.flush();
    }

    @Override
    public void read(long records, long ofRecords) {
        if (terminal && System.nanoTime() - saidAt > EVERY_NANOS) {
            saidAt = System.nanoTime();
            lineOpen = true;
            err.print(String.format("\rreading %,d of %,d records", records, ofRecords));
            err.flush();
        }
    }

    @Override
    public void upToDate(long recordsRead, long keptOut) {
        endLine();
        if (recordsRead > 0) {
            err.println(String.format("%,d records read", recordsRead)
                    + (keptOut == 0
                            ? ""
                            : String.format(", %,d of them kept out: not readable, or a card number", keptOut)));
        }
        err.flush();
    }

    private void endLine() {
        if (lineOpen) {
            err.print("\r\u001B[K");
            lineOpen = false;
        }
    }
}
