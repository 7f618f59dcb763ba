package io.tillwatch.traffic;

import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.traffic.acquirer.Effect;
import io.tillwatch.traffic.feed.Letters;
import io.tillwatch.traffic.life.FollowUps;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.life.LifeRun;
import io.tillwatch.traffic.life.Purchase;
import io.tillwatch.traffic.life.Scene;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** The whole loop on a clock of its own: traffic, acquirer, detection, and a responder of some character. */
final class Rehearsal {

    private static final long START = Instant.parse("2026-01-01T08:00:00Z").toEpochMilli();
    private static final long TICK = 20;

    /** How commands are answered. */
    enum Responder {
        /** Not at all. */
        ABSENT,
        /** Each soon, as the acquirer's books say; those for a person too. */
        DILIGENT,
        /** Some late, some never, some given up, some by chance. */
        UNRELIABLE
    }

    private record Due(long atMillis, long order, Runnable what) {}

    private final Detector detector = new Detector();
    private final Books books = new Books();
    private final Letters letters = new Letters();
    private final Responder responder;
    private final Random random;
    private final Map<String, Purchase> purchases = new HashMap<>();
    private final Map<String, Command> newest = new HashMap<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparingLong(Due::order));
    private long order;
    private long seq;

    Rehearsal(Responder responder, long seed) {
        this.responder = responder;
        this.random = new Random(seed);
    }

    Detector detector() {
        return detector;
    }

    void begin(Scene scene, long afterMillis) {
        for (Life life : scene.lives()) {
            purchases.put(life.paymentId(), life.purchase());
            live(life, START + afterMillis + life.startAfterMillis());
        }
    }

    void run(long millis) {
        for (long now = START; now <= START + millis; now += TICK) {
            while (!due.isEmpty() && due.peek().atMillis() <= now) {
                due.remove().what().run();
            }
            detector.advanceTo(now, this::commanded);
        }
    }

    private void live(Life life, long atMillis) {
        LifeRun run = new LifeRun(life);
        at(atMillis + run.nextGapMillis(), () -> step(run));
    }

    private void step(LifeRun run) {
        long now = now();
        LifeRun.Taken taken = run.take(Instant.ofEpochMilli(now), letters);
        if (taken.told() != null) {
            books.happened(taken.told());
        }
        if (taken.letter() != null) {
            detector.read(taken.letter(), now + random.nextInt(5));
        }
        if (!run.done()) {
            at(now + run.nextGapMillis(), () -> step(run));
        }
    }

    private void commanded(Command command) {
        Command before = newest.put(command.commandId(), command);
        if (before != null || responder == Responder.ABSENT) {
            return;
        }
        if (purchases.get(command.paymentId()).till().merchantId().equals("M-FORGOTTEN")) {
            at(command.expiresAtMillis() + 10, () -> answer(command, Outcome.Result.ESCALATED, 0));
            return;
        }
        long delay = responder == Responder.DILIGENT ? 100 + random.nextInt(900) : random.nextInt(25_000);
        if (responder == Responder.DILIGENT || random.nextInt(4) > 0) {
            at(Math.max(detector.clockMillis(), command.notBeforeMillis()) + delay, () -> execute(command.commandId()));
        }
    }

    private void execute(String commandId) {
        Command command = newest.get(commandId);
        if (command.withdrawn()) {
            answer(command, Outcome.Result.NOT_NEEDED, 0);
        } else if (responder == Responder.UNRELIABLE && random.nextInt(4) == 0) {
            answer(command, random.nextBoolean() ? Outcome.Result.ESCALATED : Outcome.Result.FAILED, 0);
        } else {
            Outcome.Result result = books.instruct(command);
            answer(command, result, result == Outcome.Result.DONE ? Math.abs(command.amount()) : 0);
            if (result == Outcome.Result.DONE) {
                told(command);
            }
        }
    }

    private void told(Command command) {
        Purchase purchase = purchases.get(command.paymentId());
        Effect effect = new Effect(
                ++seq,
                command.original().acquirerId(),
                command.paymentId(),
                command.original().captureId(),
                command.commandId(),
                io.tillwatch.schemas.record.Action.valueOf(command.action().name()),
                command.amount(),
                command.currency());
        FollowUps.after(effect, purchase).ifPresent(life -> live(life, now()));
        if (Books.tellsTheFeeds(command.action())) {
            detector.read(reversal(command, purchase, now()));
        }
    }

    private Reversal reversal(Command command, Purchase purchase, long at) {
        return new Reversal(
                new FeedRecord.Common(
                        "v-" + command.commandId(),
                        command.paymentId(),
                        at,
                        at,
                        command.original().acquirerId(),
                        command.original().merchantId(),
                        command.original().terminalId(),
                        command.amount(),
                        command.currency(),
                        null),
                "v-" + command.commandId(),
                command.action() == Action.REFUND ? Reversal.Kind.REFUND : Reversal.Kind.REVERSAL,
                Reversal.Status.DONE,
                command.original().captureId(),
                command.commandId(),
                purchase.cardToken(),
                purchase.amount());
    }

    private void answer(Command command, Outcome.Result result, long amount) {
        detector.read(new Outcome(
                "o-" + command.commandId(),
                command.commandId(),
                command.paymentId(),
                now(),
                now(),
                result,
                amount,
                command.currency(),
                command.original().captureId(),
                null));
    }

    /** Whatever is done is done at the end of the present tick. */
    private long now() {
        return detector.clockMillis() == 0 ? START : detector.clockMillis() + TICK;
    }

    private void at(long millis, Runnable what) {
        due.add(new Due(millis, order++, what));
    }
}
