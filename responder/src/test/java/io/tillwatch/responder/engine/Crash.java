package io.tillwatch.responder.engine;

/** A process that ends at a failpoint, as far as a thread can play that: whatever it was about to do it does not. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(Failpoint at) {
        super("crash at " + at, null, false, false);
    }
}
