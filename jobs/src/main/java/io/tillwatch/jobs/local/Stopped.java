package io.tillwatch.jobs.local;

import java.util.Optional;

/**
 * How a job was stopped.
 *
 * @param name of the job
 * @param savepoint from which it will go on; empty if there is none
 * @param problem why there is none; empty if there is one
 */
public record Stopped(String name, Optional<String> savepoint, String problem) {

    /** For people. */
    public String line() {
        return savepoint
                .map(path -> name + " stopped; it will go on from " + path)
                .orElseGet(
                        () -> name + " has no savepoint (" + problem + "); it will go on from its newest checkpoint");
    }
}
