package io.tillwatch.cli.chaos;

import java.util.List;

/**
 * One payment, or two that belong together, and all that happens to it.
 *
 * @param steps in the order of their times
 * @param asked the commands of the scene
 */
record Scene(Plot plot, Bank bank, List<Step> steps, List<Asked> asked) {

    Scene {
        steps = List.copyOf(steps);
        asked = List.copyOf(asked);
    }
}
