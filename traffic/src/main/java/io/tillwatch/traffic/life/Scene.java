package io.tillwatch.traffic.life;

import io.tillwatch.traffic.truth.ScopedTruth;
import java.util.List;

/**
 * Lives that belong together, mostly one.
 *
 * @param befalls what is true beyond the single payments
 */
public record Scene(List<Life> lives, List<ScopedTruth> befalls) {

    public Scene {
        lives = List.copyOf(lives);
        befalls = List.copyOf(befalls);
    }
}
