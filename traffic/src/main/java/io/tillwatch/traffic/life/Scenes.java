package io.tillwatch.traffic.life;

import java.util.EnumMap;
import java.util.Map;

/**
 * Makes one scene after another, by seed. Faults are spread evenly: after so many scenes that a fault's share of them is
 * one, it has occurred. Mutable and confined to one thread.
 */
public final class Scenes {

    private final Dice dice;
    private final Purchases purchases;
    private final Mix mix;
    private final Map<Fault, Double> due = new EnumMap<>(Fault.class);

    /** @param run distinguishes the payments of this run from those of others in the same topics */
    public Scenes(long seed, String run, Mix mix) {
        this.dice = new Dice(seed);
        this.purchases = new Purchases(dice, new Market(), run);
        this.mix = mix;
        mix.shares().forEach((fault, share) -> due.put(fault, dice.between(0, 999) / 1_000.0));
    }

    public Scene next() {
        Fault fault = nextFault();
        return fault == null ? sound() : of(fault);
    }

    /** A scene in which nothing is wrong. */
    public Scene sound() {
        SceneWriter scene = new SceneWriter(dice, purchases);
        SoundPlot.any(dice).write(scene);
        return scene.scene("", java.util.Set.of(), java.util.Set.of(), java.util.Set.of());
    }

    /** A scene with a fault. */
    public Scene of(Fault fault) {
        return fault.scene(new SceneWriter(dice, purchases));
    }

    /** What befalls an acquirer as a whole. */
    public Scene of(Episode episode) {
        return episode.scene(new SceneWriter(dice, purchases));
    }

    /** A time until the next scene begins, in seconds, when on average so many begin in one. */
    public double nextGapSeconds(double perSecond) {
        return dice.exponential(1 / perSecond);
    }

    private Fault nextFault() {
        Fault most = null;
        for (Map.Entry<Fault, Double> e : mix.shares().entrySet()) {
            double waited = due.merge(e.getKey(), e.getValue(), Double::sum);
            if (waited >= 1 && (most == null || waited > due.get(most))) {
                most = e.getKey();
            }
        }
        if (most != null) {
            due.merge(most, -1.0, Double::sum);
        }
        return most;
    }
}
