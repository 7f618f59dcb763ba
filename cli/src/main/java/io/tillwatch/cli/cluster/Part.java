package io.tillwatch.cli.cluster;

import java.util.List;

/**
 * One process of the cluster.
 *
 * @param name on the command line, and of its files
 * @param stage parts of a lower one are ready before it is started, and are stopped after it
 * @param arguments of the java command
 * @param where it is found by people; empty if nowhere
 */
record Part(String name, Stage stage, List<String> arguments, Probe probe, String where) {

    /** In the order of their start. */
    enum Stage {
        /** What keeps data, and the acquirer simulator. */
        GROUND,
        /** What works on it. */
        WORK,
        /** What makes the traffic. */
        TRAFFIC
    }

    Part {
        arguments = List.copyOf(arguments);
    }
}
