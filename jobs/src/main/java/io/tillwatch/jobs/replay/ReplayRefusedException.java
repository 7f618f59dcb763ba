package io.tillwatch.jobs.replay;

import java.util.List;

/** A replay cannot be done as it is asked for. Says everything that stands in its way, each with its remedy. */
public final class ReplayRefusedException extends Exception {

    private final List<String> problems;

    public ReplayRefusedException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public ReplayRefusedException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    public List<String> problems() {
        return problems;
    }
}
