package io.tillwatch.testkit;

/** The seed of all random tests: fixed, unless {@code -Dtillwatch.seed} says otherwise. */
final class Seed {

    static final long VALUE = Long.getLong("tillwatch.seed", 42);

    private Seed() {}

    /** What to say when a test fails, so that it can be run again. */
    static String of(Object what) {
        return what + " (again with -Dtillwatch.seed=" + VALUE + ")";
    }
}
