package io.tillwatch.cli.demo;

import io.tillwatch.cli.process.ApiToken;
import io.tillwatch.cli.process.Home;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.traffic.Windows;
import io.tillwatch.traffic.acquirer.Effect;
import io.tillwatch.traffic.acquirer.HttpAcquirerSide;
import io.tillwatch.traffic.run.DayCurve;
import io.tillwatch.traffic.run.FeedWriter;
import io.tillwatch.traffic.run.TrafficRun;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the demo, from the start of the first process to the end of the last. */
final class DemoRun {

    /** A day of shops. */
    private static final Duration DAY = Duration.ofMinutes(2);

    /** Payments are begun at least so long, however short the demo is to be. */
    private static final Duration BEGUN_MIN = Duration.ofSeconds(8);

    /** The last payment's own windows, and a little for the judging. */
    private static final Duration LAST_TAKES = Duration.ofSeconds(10);

    /** How long the alerts and outcomes that are still missing are waited for. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(25);

    private static final long SHOW_EVERY_MILLIS = 500;

    private final TrafficOptions options;
    private final boolean approve;
    private final Screen screen;
    private final DemoSystem system;
    private final List<ApiToken> approvers =
            List.of(ApiToken.make("demo-approver-1", "APPROVER"), ApiToken.make("demo-approver-2", "APPROVER"));
    private final ApiToken visitor = ApiToken.make("visitor", "APPROVER", "ADMIN");
    /** Where four eyes are needed, the other two. */
    private final ApiToken colleague = ApiToken.make("colleague", "APPROVER");

    private final DemoState state = new DemoState();
    private final List<Effect> effects = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch toldToEnd = new CountDownLatch(1);
    private volatile boolean up;
    private long beginNanos;

    DemoRun(Home home, Path directory, DemoPorts ports, TrafficOptions options, boolean approve, Screen screen) {
        this.options = options;
        this.approve = approve;
        this.screen = screen;
        List<ApiToken> tokens = new ArrayList<>(approvers);
        tokens.add(visitor);
        tokens.add(colleague);
        this.system = new DemoSystem(home, directory, ports, options.seed, tokens, screen);
    }

    /** Ends it soon; may be called from any thread. */
    void end() {
        toldToEnd.countDown();
        if (!up) {
            system.close();
        }
    }

    /** Whether the system came up. */
    boolean isUp() {
        return up;
    }

    /**
     * Runs it to its end, and stops every process that it started.
     *
     * @return how it ended, or null if it was told to end
     * @throws DemoFailedException if it cannot start or go on
     */
    DemoReport run() throws InterruptedException {
        long from = System.nanoTime();
        try (system) {
            system.start();
            up = true;
            greet(System.nanoTime() - from);
            return underTraffic();
        } catch (DemoFailedException e) {
            if (toldToEnd.getCount() == 0) {
                return null;
            }
            throw e;
        }
    }

    private void greet(long nanos) {
        screen.say(String.format("up after %.1f s", nanos / 1e9));
        screen.say("  console            " + system.console());
        screen.say("    sign in with     " + visitor.secret());
        screen.say("    for four eyes    " + colleague.secret());
        screen.say("  Flink's web page   " + system.flink());
        system.jobsMetrics().ifPresent(uri -> screen.say("    jobs' metrics    " + uri));
        screen.say("  responder's API    " + system.responder() + "/api/v1/openapi.yaml");
        screen.say("    for example      curl -H 'Authorization: Bearer " + visitor.secret() + "' '"
                + system.responder() + "/api/v1/commands?awaitsApproval=true'");
        screen.say("  acquirer           " + system.acquirer() + "/sim/ledger");
        screen.say("  Kafka              " + system.bootstrapServers());
    }

    private DemoReport underTraffic() throws InterruptedException {
        HttpAcquirerSide acquirer = new HttpAcquirerSide(system.acquirer());
        acquirer.strike(AcquirerFaults.json(options.seed));
        Duration lasting = options.seconds == null ? null : lasting(Duration.ofSeconds(options.seconds));
        TrafficRun.Plan plan = new TrafficRun.Plan(
                options.seed, "p" + options.seed, options.mix(), options.rate, DayCurve.lasting(DAY), lasting);
        FeedWriter feeds = new FeedWriter(system.kafka(), Topic.DEFAULT_PREFIX);
        TrafficRun traffic = new TrafficRun(plan, acquirer, feeds, state, Clock.systemUTC());
        ResultReader results = ResultReader.start(system.bootstrapServers(), state);
        EffectReader effectReader = EffectReader.start(acquirer, effect -> {
            effects.add(effect);
            if (effect.action() == Action.RETRY_CAPTURE || effect.action() == Action.RETRY_SETTLEMENT) {
                state.book().presentedAgain(effect.paymentId());
            }
            traffic.effect(effect);
        });
        beginNanos = System.nanoTime();
        CompletableFuture<Void> run = CompletableFuture.runAsync(traffic::run, thread("traffic"));
        Approvers people = approve ? Approvers.start(system.responderApi(), approvers, options.seed) : null;
        try (feeds;
                results;
                effectReader;
                people;
                traffic) {
            boolean complete =
                    lasting == null ? watchUntil(run, null, "Ctrl-C ends it") : toTheEnd(traffic, run, lasting);
            if (toldToEnd.getCount() == 0) {
                return null;
            }
            long moreThanOnce = EffectAudit.moreThanOnce(List.copyOf(effects), acquirer.ledger());
            return new DemoReport(options.seed, state.book().verdict(), state.now(), moreThanOnce, complete);
        }
    }

    private static java.util.concurrent.Executor thread(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** So long payments are begun that the last of them has come to its end when the demo is to end. */
    private static Duration lasting(Duration whole) {
        Duration begun = whole.minus(Windows.LONGEST_LIFE).minus(LAST_TAKES.dividedBy(2));
        return begun.compareTo(BEGUN_MIN) < 0 ? BEGUN_MIN : begun;
    }

    /** Until the clock has got past every deadline; tells whether it has. */
    private boolean toTheEnd(TrafficRun traffic, CompletableFuture<Void> run, Duration lasting)
            throws InterruptedException {
        String ending = "the last payments come to their end";
        if (!watchUntil(run, lasting, "payments are begun")
                || !watchUntil(run, lasting.plus(Windows.LONGEST_LIFE).minus(LAST_TAKES), ending)) {
            return false;
        }
        CompletableFuture<String> last = traffic.last();
        Duration until = lasting.plus(Windows.LONGEST_LIFE).plus(LAST_TAKES).plus(STRAGGLERS);
        while (running().compareTo(until) < 0) {
            if (!watchUntil(run, running().plusMillis(SHOW_EVERY_MILLIS), ending)) {
                return false;
            }
            String paymentId = last.getNow(null);
            if (paymentId != null && state.knowsAlertOf(paymentId) && settled()) {
                return true;
            }
        }
        return state.knowsAlertOf(last.getNow(""));
    }

    private boolean settled() {
        return state.automaticUnanswered() == 0
                && state.book().verdict().missed().isEmpty();
    }

    private Duration running() {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }

    /**
     * Shows what goes on until a time, counted from the beginning of the traffic.
     *
     * @return false if it was told to end before
     * @throws DemoFailedException if something has died
     */
    private boolean watchUntil(CompletableFuture<Void> run, Duration until, String doing) throws InterruptedException {
        while (until == null || running().compareTo(until) < 0) {
            screen.show(state.now(), running(), doing);
            if (toldToEnd.await(SHOW_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            String obituary = system.obituary() != null ? system.obituary() : state.failure();
            if (obituary != null) {
                throw new DemoFailedException(obituary);
            }
            failIfFailed(run);
        }
        return true;
    }

    private static void failIfFailed(CompletableFuture<Void> run) throws InterruptedException {
        try {
            run.get(0, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DemoFailedException("the traffic ended: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException goesOn) {
            // as it should
        }
    }
}
