package io.tillwatch.cli.chaos;

/**
 * A promise that was not kept.
 *
 * @param promise R1 to R8, END for an end that cannot be right, AUDIT
 */
record Violation(String promise, String commandId, String what) {

    @Override
    public String toString() {
        return promise + " " + commandId + ": " + what;
    }
}
