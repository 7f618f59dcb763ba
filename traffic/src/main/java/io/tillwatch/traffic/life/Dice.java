package io.tillwatch.traffic.life;

import java.util.Random;

/** Chance, by seed. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** A number from one to another, both included. */
    long between(long from, long to) {
        return from + (long) (random.nextDouble() * (to - from + 1));
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Some part of an amount, at least 1 and less than the whole if that is more than 1. */
    long part(long whole) {
        return whole <= 1 ? 1 : 1 + (long) (random.nextDouble() * (whole - 1));
    }

    double gaussian() {
        return random.nextGaussian();
    }

    /** A time until the next of events that come at random, on average this long. */
    double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
