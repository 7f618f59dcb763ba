package io.tillwatch.traffic.run;

import io.tillwatch.traffic.acquirer.AcquirerSide;
import io.tillwatch.traffic.acquirer.Effect;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.feed.Letters;
import io.tillwatch.traffic.life.Episode;
import io.tillwatch.traffic.life.Fault;
import io.tillwatch.traffic.life.FollowUps;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.life.LifeRun;
import io.tillwatch.traffic.life.Mix;
import io.tillwatch.traffic.life.Purchase;
import io.tillwatch.traffic.life.Scene;
import io.tillwatch.traffic.life.Scenes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins lives as time goes by and lets each take its steps: the acquirer is told first, then the feeds. All of it on the
 * thread that calls {@link #run}; the other methods may be called from any.
 */
public final class TrafficRun implements AutoCloseable {

    private static final int STEPS_AT_ONCE = 500;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Of a run without end, so many purchases are remembered for what instructions do to them. */
    private static final int PURCHASES_MAX = 200_000;

    private static final Duration BETWEEN_EPISODES = Duration.ofMinutes(2);

    private final Plan plan;
    private final Scenes scenes;
    private final AcquirerSide acquirer;
    private final FeedWriter feeds;
    private final TrafficListener listener;
    private final Clock clock;
    private final Letters letters;
    private final Map<String, Purchase> purchases = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));

    private long order;
    private int livesUnderWay;
    private long endAfterNanos = Long.MAX_VALUE;
    private volatile boolean stopped;
    private volatile boolean ended;
    private volatile boolean abandoned;

    /** Either a life whose next step is due, or with null the beginning of something. */
    private record Due(long atNanos, long order, LifeRun life, Runnable beginning) {}

    /**
     * What a run is made of.
     *
     * @param run distinguishes its payments from those of others in the same topics
     * @param perSecond payments on average
     * @param lasting how long payments are begun; null is until {@link #stop}
     */
    public record Plan(long seed, String run, Mix mix, double perSecond, DayCurve curve, Duration lasting) {}

    /** In single-object encoding. */
    public TrafficRun(Plan plan, AcquirerSide acquirer, FeedWriter feeds, TrafficListener listener, Clock clock) {
        this(plan, acquirer, feeds, new Letters(), listener, clock);
    }

    /** @param letters how records are written */
    public TrafficRun(
            Plan plan,
            AcquirerSide acquirer,
            FeedWriter feeds,
            Letters letters,
            TrafficListener listener,
            Clock clock) {
        this.letters = letters;
        this.plan = plan;
        this.scenes = new Scenes(plan.seed(), plan.run(), plan.mix());
        this.acquirer = acquirer;
        this.feeds = feeds;
        this.listener = listener;
        this.clock = clock;
    }

    /** An instruction had an effect; what the feeds tell of it is the traffic's to write. */
    public void effect(Effect effect) {
        inbox.add(() -> {
            Purchase purchase = purchases.get(effect.paymentId());
            if (purchase != null) {
                FollowUps.after(effect, purchase).ifPresent(life -> live(life, System.nanoTime()));
            }
        });
    }

    /**
     * Begins one more payment, though no others are: one whose settlement alone is told. Its alert shows that the
     * detectors' clock got past all that was written before.
     *
     * @return its identity, when it has begun
     */
    public CompletableFuture<String> last() {
        CompletableFuture<String> paymentId = new CompletableFuture<>();
        inbox.add(() -> {
            Scene scene = scenes.of(Fault.ONLY_SETTLEMENT_TOLD);
            begin(scene, System.nanoTime());
            paymentId.complete(scene.lives().get(0).paymentId());
        });
        return paymentId;
    }

    /** Begins no more payments; those that were begun go on to their end. */
    public void stop() {
        stopped = true;
    }

    /** Ends {@link #run} as soon as no life is under way. Until then effects are followed up. */
    public void end() {
        stopped = true;
        ended = true;
    }

    /** Ends {@link #run} at once, in the middle of lives. */
    @Override
    public void close() {
        abandoned = true;
    }

    /** Ends {@link #run} so long after its beginning, as {@link #end} would. To be called before it. */
    public void endAfter(Duration time) {
        endAfterNanos = time.toNanos();
    }

    /** Begins payments, and returns when it was told to end and all lives have. */
    public void run() {
        long start = System.nanoTime();
        long until =
                plan.lasting() == null ? Long.MAX_VALUE : start + plan.lasting().toNanos();
        scheduleScene(start, start, until);
        long apart = TimeUnit.MILLISECONDS.toNanos(500);
        for (Episode episode : plan.mix().episodes()) {
            scheduleEpisode(episode, start + apart * (1 + episode.ordinal()), until);
        }
        if (endAfterNanos != Long.MAX_VALUE) {
            at(start + endAfterNanos, null, this::end);
        }
        while (!abandoned && !(ended && livesUnderWay == 0 && inbox.isEmpty())) {
            readInbox();
            if (takeDue() == 0) {
                long next = due.isEmpty() ? LOOK_AGAIN_NANOS : due.peek().atNanos() - System.nanoTime();
                LockSupport.parkNanos(Math.max(1, Math.min(next, LOOK_AGAIN_NANOS)));
            }
        }
        if (!abandoned) {
            feeds.flush();
        }
    }

    private void scheduleScene(long atNanos, long start, long until) {
        double perSecond = plan.perSecond() * plan.curve().factorAt(atNanos - start);
        long next = atNanos + (long) (scenes.nextGapSeconds(perSecond) * TimeUnit.SECONDS.toNanos(1));
        if (next < until) {
            at(next, null, () -> {
                if (!stopped) {
                    begin(scenes.next(), next);
                    scheduleScene(next, start, until);
                }
            });
        }
    }

    private void scheduleEpisode(Episode episode, long atNanos, long until) {
        if (atNanos < until) {
            at(atNanos, null, () -> {
                if (!stopped) {
                    begin(scenes.of(episode), atNanos);
                    scheduleEpisode(episode, atNanos + BETWEEN_EPISODES.toNanos(), until);
                }
            });
        }
    }

    private void begin(Scene scene, long atNanos) {
        scene.befalls().forEach(listener::befalls);
        for (Life life : scene.lives()) {
            remember(life);
            listener.began(life);
            live(life, atNanos + TimeUnit.MILLISECONDS.toNanos(life.startAfterMillis()));
        }
    }

    private void remember(Life life) {
        purchases.put(life.paymentId(), life.purchase());
        if (purchases.size() > PURCHASES_MAX) {
            var oldest = purchases.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void live(Life life, long startNanos) {
        LifeRun run = new LifeRun(life);
        livesUnderWay++;
        at(startNanos + TimeUnit.MILLISECONDS.toNanos(run.nextGapMillis()), run, null);
    }

    private void readInbox() {
        for (Runnable letter = inbox.poll(); letter != null; letter = inbox.poll()) {
            letter.run();
        }
    }

    /** Takes the steps that are due, the acquirer first. */
    private int takeDue() {
        long now = System.nanoTime();
        Instant at = clock.instant();
        List<AcquirerSide.Told> told = new ArrayList<>();
        List<Letter> written = new ArrayList<>();
        int taken = 0;
        while (taken < STEPS_AT_ONCE && !due.isEmpty() && due.peek().atNanos() <= now) {
            Due next = due.remove();
            taken++;
            if (next.life() == null) {
                next.beginning().run();
            } else {
                step(next, now, at, told, written);
            }
        }
        acquirer.tell(told);
        for (Letter letter : written) {
            feeds.write(letter, delivery(at));
        }
        return taken;
    }

    private void step(Due next, long now, Instant at, List<AcquirerSide.Told> told, List<Letter> written) {
        LifeRun run = next.life();
        listener.late(run.life().paymentId(), TimeUnit.NANOSECONDS.toMillis(now - next.atNanos()));
        LifeRun.Taken step = run.take(at, letters);
        if (step.told() != null) {
            told.add(new AcquirerSide.Told(step.told(), step.occurredAt()));
        }
        if (step.letter() != null) {
            written.add(step.letter());
        }
        if (run.done()) {
            livesUnderWay--;
        } else {
            at(now + TimeUnit.MILLISECONDS.toNanos(run.nextGapMillis()), run, null);
        }
    }

    private FeedWriter.Delivery delivery(Instant handedOverAt) {
        return new FeedWriter.Delivery() {
            @Override
            public void appended(Letter letter, long atMillis) {
                listener.appended(letter, atMillis);
                listener.late(letter.paymentId(), atMillis - handedOverAt.toEpochMilli());
            }

            @Override
            public void failed(Letter letter, Exception why) {
                listener.failed(letter, why);
            }
        };
    }

    private void at(long nanos, LifeRun life, Runnable beginning) {
        due.add(new Due(nanos, order++, life, beginning));
    }
}
