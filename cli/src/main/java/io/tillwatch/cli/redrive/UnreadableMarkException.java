package io.tillwatch.cli.redrive;

/** A mark cannot be read, so it is not known what was sent back already: nothing must be. */
public final class UnreadableMarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableMarkException(String place) {
        super("the mark at " + place + " cannot be read, so it is not known what was sent back already: use the newest"
                + " build of redrive, and let nobody else write to that topic");
    }
}
