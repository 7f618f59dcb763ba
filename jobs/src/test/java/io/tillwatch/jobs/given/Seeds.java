package io.tillwatch.jobs.given;

/** Where chance begins. */
public final class Seeds {

    private Seeds() {}

    /** A seed that differs from run to run unless the property tillwatch.seed sets it; printed, to do it again. */
    public static long of(String what) {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println(what + ": seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        return seed;
    }
}
