package io.tillwatch.testkit;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One detector in one thread, with a clock, feeds and checkpoints that a seed decides. It reads partitions in any order,
 * every fifth record is delivered again, and it crashes: it goes back to its last checkpoint, reads what followed in
 * another order and tells again what it had told. Whoever keeps one copy of each id must end with what a detector tells
 * that read each record once, as it arrived, and never crashed; and an id, once told, never means something else.
 */
final class CrashSimulation {

    private static final long FOREVER = Duration.ofDays(3_000).toMillis();
    private static final double CRASH = 0.1;
    private static final double CHECKPOINT = 0.15;
    private static final int CRASHES_AT_MOST = 6;

    /** Of payments with which nothing is wrong: cards that meet by chance, and commands that nobody answers. */
    private static final Set<AlertType> BY_CHANCE =
            EnumSet.of(AlertType.DUPLICATE_AUTHORIZATION, AlertType.COMMAND_UNANSWERED);

    private final long seed;
    private final Random random;
    private final boolean healthy;
    private final Lives lives;
    private final Map<String, Object> told = new TreeMap<>();
    private Map<String, Payment> payments = new LinkedHashMap<>();
    private String failure;
    private int crashes;

    private record Checkpoint(Map<String, Payment.Memory> memories, int read, long clockMillis) {}

    private CrashSimulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.healthy = Math.floorMod(seed, 4) == 0;
        this.lives = lives();
    }

    /** What went wrong under a seed, with the step at which it did. */
    static Optional<String> failure(long seed) {
        CrashSimulation simulation = new CrashSimulation(seed);
        try {
            simulation.run();
        } catch (RuntimeException bug) {
            simulation.fail("somewhere", "the detector threw " + bug);
        }
        return Optional.ofNullable(simulation.failure);
    }

    /** How often the detector crashes under a seed. */
    static int crashes(long seed) {
        CrashSimulation simulation = new CrashSimulation(seed);
        simulation.run();
        return simulation.crashes;
    }

    private Lives lives() {
        RandomLives options = RandomLives.seeded(seed).payments(4);
        RandomLives chosen = healthy
                ? options.faults(0)
                        .disorder(0)
                        .redeliveries(0.2)
                        .withoutOutcomes()
                        .withoutScopedPolicies()
                : options.faults(0.8).disorder(0.3).redeliveries(0.2);
        return chosen.generate().everywhere(Setting.REMEMBER_FOR, FOREVER).everywhere(Setting.FORGET_AFTER, FOREVER);
    }

    private void run() {
        long end = lives.endMillis() + Pace.REAL.lifeMillis();
        Lifecycle lifecycle = new Lifecycle(ResponseCodes.DEFAULT, lives.policies(), 0);
        List<ReadingOrder.Read> reads = ReadingOrder.atRandom(lives.all(), 1 + random.nextInt(3), random);
        Checkpoint checkpoint = new Checkpoint(Map.of(), 0, ReadingOrder.NOTHING_READ);
        long clock = ReadingOrder.NOTHING_READ;
        int next = 0;
        while (failure == null && next <= reads.size()) {
            clock = Math.max(clock, next == reads.size() ? end : reads.get(next).clockMillis());
            step(lifecycle, next == reads.size() ? null : reads.get(next).event(), clock, "step " + next);
            next++;
            if (random.nextDouble() < CHECKPOINT) {
                checkpoint = new Checkpoint(memories(), next, clock);
            }
            if (crashes < CRASHES_AT_MOST && random.nextDouble() < CRASH) {
                crashes++;
                restore(checkpoint);
                clock = checkpoint.clockMillis();
                reads = checkpoint.read() > reads.size() ? List.of() : again(reads, checkpoint.read());
                checkpoint = new Checkpoint(checkpoint.memories(), 0, clock);
                next = 0;
            }
        }
        if (failure == null) {
            compare(end);
        }
    }

    private void step(Lifecycle lifecycle, PaymentEvent event, long clock, String where) {
        for (Payment payment : List.copyOf(payments.values())) {
            if (payment.wakeAtMillis() <= clock) {
                tell(where, lifecycle, payment, null, clock);
            }
        }
        if (event != null) {
            Payment payment = payments.computeIfAbsent(event.paymentId(), Payment::new);
            tell(where, lifecycle, payment, event, clock);
        }
    }

    private void tell(String where, Lifecycle lifecycle, Payment payment, PaymentEvent event, long clock) {
        Transcript transcript = new Transcript();
        if (event == null) {
            lifecycle.advance(payment, clock, transcript);
        } else {
            lifecycle.receive(payment, event, clock, transcript);
        }
        for (Object one : transcript.told()) {
            Object before = told.putIfAbsent(id(one), one);
            if (before != null && !before.equals(one)) {
                fail(where, id(one) + " was " + before + " and is now " + one);
            }
            if (healthy && one instanceof Alert alert && !BY_CHANCE.contains(alert.type())) {
                fail(where, "nothing is wrong, and there is " + alert);
            }
        }
    }

    /** What was not read at a checkpoint, in another order that keeps to each partition's. */
    private List<ReadingOrder.Read> again(List<ReadingOrder.Read> reads, int from) {
        List<PaymentEvent> left = new ArrayList<>();
        for (ReadingOrder.Read read : reads.subList(from, reads.size())) {
            left.add(read.event());
        }
        return ReadingOrder.atRandom(left, 1 + random.nextInt(3), random);
    }

    private Map<String, Payment.Memory> memories() {
        Map<String, Payment.Memory> memories = new LinkedHashMap<>();
        payments.forEach((paymentId, payment) -> memories.put(paymentId, payment.memory()));
        return memories;
    }

    private void restore(Checkpoint checkpoint) {
        payments = new LinkedHashMap<>();
        checkpoint.memories().forEach((paymentId, memory) -> payments.put(paymentId, new Payment(paymentId, memory)));
    }

    private void compare(long end) {
        Map<String, Object> expected = new TreeMap<>();
        new Watch(lives.policies(), 0)
                .readAll(ReadingOrder.inOrder(once()))
                .advanceTo(end)
                .transcripts()
                .values()
                .forEach(t -> t.told().forEach(one -> expected.put(id(one), one)));
        expected.forEach((id, one) -> {
            if (!one.equals(told.get(id))) {
                fail("the end", id + " is to be " + one + " and is " + told.get(id));
            }
        });
        told.keySet().stream()
                .filter(id -> !expected.containsKey(id))
                .forEach(id -> fail("the end", id + " is not to be told: " + told.get(id)));
    }

    /** What arrived, without what was delivered again. */
    private List<Fact> once() {
        Set<String> known = new HashSet<>();
        return lives.all().stream()
                .filter(fact -> known.add(fact.paymentId() + ' ' + fact.eventId()))
                .toList();
    }

    private void fail(String where, String what) {
        if (failure == null) {
            failure = "seed " + seed + ", " + where + ", after " + crashes + " crashes: " + what;
        }
    }

    private static String id(Object one) {
        if (one instanceof Alert alert) {
            return "alert " + alert.alertId() + " revision " + alert.revision();
        }
        Command command = (Command) one;
        return "command " + command.commandId() + " issue " + command.issue();
    }
}
