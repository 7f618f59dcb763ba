package io.tillwatch.notifier.notice;

import java.util.Optional;

/** Tells one destination of alerts, in a thread of its own, until it is closed. */
public interface Teller extends AutoCloseable {

    /** Of the destination. */
    String name();

    void start();

    /** What keeps it from reading the alerts, for people. A destination that is away is no such problem: what is for it waits. */
    Optional<String> problem();

    @Override
    void close();
}
