package io.tillwatch.cli.demo;

/** Told how the demo comes up, and what goes on. From several threads. */
interface Progress {

    /** A part of the system is being started. */
    void starting(String part);

    /** A part of the system is up. */
    void up(String part, String where, long afterMillis);

    /** Something that a person should know. */
    void say(String line);
}
