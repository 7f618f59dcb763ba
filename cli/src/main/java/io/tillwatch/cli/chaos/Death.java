package io.tillwatch.cli.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** How a responder is ended, or put to sleep. */
sealed interface Death {

    /** At the n-th passing of a barrier. */
    record At(Barrier barrier, int passing) implements Death {}

    /** SIGKILL, so many milliseconds after it was ready; some before it is. */
    record AtRandom(long afterMillis) implements Death {}

    /** SIGSTOP for longer than a lease, then SIGCONT; then it goes on to its next death. */
    record Sleep(long afterMillis, long forMillis) implements Death {}

    /**
     * A run's deaths, by seed: first every barrier once, then, as far as the number allows, each barrier after each other; one
     * in four is at random, and one in ten is a sleep, which is not counted.
     *
     * @param kills how many, sleeps aside
     * @param leaseMillis of the responders
     */
    static Deque<Death> plan(int kills, long seed, long leaseMillis) {
        Random random = new Random(seed ^ 0x6b696c6cL);
        Deque<Barrier> barriers = new ArrayDeque<>(barriers(random));
        Deque<Death> plan = new ArrayDeque<>();
        int planned = 0;
        while (planned < kills) {
            if (random.nextInt(10) == 0) {
                plan.add(new Sleep(random.nextInt(2_000), leaseMillis + 500 + random.nextInt(2_000)));
            }
            boolean enough = kills - planned > barriers.size();
            if (barriers.isEmpty() || (enough && random.nextInt(4) == 0)) {
                plan.add(new AtRandom(random.nextInt(3_000)));
            } else {
                Barrier next = barriers.remove();
                plan.add(new At(next, next.isRare() ? 1 : 1 + random.nextInt(4)));
            }
            planned++;
        }
        return plan;
    }

    /** Each barrier once, then a tour in which each follows each. */
    private static List<Barrier> barriers(Random random) {
        List<Barrier> once = new ArrayList<>(List.of(Barrier.values()));
        Collections.shuffle(once, random);
        List<Barrier> tour = new ArrayList<>(once);
        tour.addAll(tour(once, random));
        return tour;
    }

    /** A way along each ordered pair once, by Hierholzer's method. */
    private static List<Barrier> tour(List<Barrier> order, Random random) {
        List<Deque<Integer>> left = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            List<Integer> next =
                    new ArrayList<>(IntStream.range(0, order.size()).boxed().toList());
            Collections.shuffle(next, random);
            left.add(new ArrayDeque<>(next));
        }
        Deque<Integer> path = new ArrayDeque<>(List.of(0));
        Deque<Barrier> tour = new ArrayDeque<>();
        while (!path.isEmpty()) {
            Deque<Integer> next = left.get(path.peek());
            if (next.isEmpty()) {
                tour.addFirst(order.get(path.pop()));
            } else {
                path.push(next.remove());
            }
        }
        return List.copyOf(tour);
    }
}
