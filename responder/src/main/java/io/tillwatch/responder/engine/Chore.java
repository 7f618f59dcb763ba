package io.tillwatch.responder.engine;

import java.time.Duration;

/**
 * Work that comes back, which of all instances one does at a time.
 *
 * @param name of its row in the scheduler's table; the same in every instance and every build
 * @param every the pause after it
 * @param work fails with an exception, and is done again after the pause
 */
public record Chore(String name, Duration every, Runnable work) {}
