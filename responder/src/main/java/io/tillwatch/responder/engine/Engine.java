package io.tillwatch.responder.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.Housekeeping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the scheduler run what is due: a turn of each command, and the chores, such as the relay of the outbox, each of which of
 * all instances one does at a time. The scheduler locks and fetches what is due from the journal's database, says that its turns are alive, and takes
 * over those of instances that are not.
 *
 * <p>A turn writes its schedule itself, in the journal's transactions; the scheduler is told when to come back only where the
 * journal was not touched.
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration CLEAR_EVERY = Duration.ofMinutes(1);
    private static final Duration PRESENT_EVERY = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    /** Fetched at once, in parts of the threads: so many may wait here while others run. */
    private static final double FETCH_BELOW = 0.5;

    private static final double FETCH_UP_TO = 3.0;

    private final Scheduler scheduler;
    private final Upkeep upkeep;
    private final DatabaseClock clock;
    private final ScheduledExecutorService presence;
    private ScheduledFuture<?> presenting;

    /**
     * @param instance the name of this instance
     * @param chores what is done beside the turns
     */
    public Engine(
            Database database,
            String instance,
            EngineSettings settings,
            Acquirers acquirers,
            CommandWorker worker,
            List<Chore> chores) {
        this.clock = new DatabaseClock(database.jdbi());
        this.upkeep = new Upkeep(database.jdbi(), instance, acquirers, clock);
        this.presence = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "presence");
            thread.setDaemon(true);
            return thread;
        });
        List<RecurringTask<Void>> recurring = new ArrayList<>();
        chores.forEach(chore -> recurring.add(task(chore)));
        recurring.add(task(new Chore(
                "clear",
                CLEAR_EVERY,
                () -> database.jdbi().useTransaction(handle -> Housekeeping.clear(handle, settings.toldKeptFor())))));
        this.scheduler = Scheduler.create(database.dataSource(), commands(worker))
                .startTasks(recurring)
                .clock(clock)
                .schedulerName(new SchedulerName.Fixed(instance))
                .serializer(new Utf8())
                .threads(settings.threads())
                .pollingInterval(settings.pollEvery())
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .heartbeatInterval(settings.heartbeatEvery())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.stopWithin())
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    public void start() {
        upkeep.present();
        presenting = presence.scheduleWithFixedDelay(
                this::present, PRESENT_EVERY.toMillis(), PRESENT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        scheduler.start();
    }

    /** Lets the turns under way end; what is fetched and not begun is left to others. */
    @Override
    public void close() {
        if (presenting != null) {
            presenting.cancel(false);
        }
        presence.shutdown();
        scheduler.stop();
        try {
            upkeep.leave();
        } catch (RuntimeException e) {
            LOG.warn("cannot say that this instance is gone; the others find out: {}", e.getMessage());
        }
    }

    private static RecurringTask<Void> task(Chore chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.every()))
                .onDeadExecutionRevive()
                .execute((task, context) -> chore.work().run());
    }

    private Task<String> commands(CommandWorker worker) {
        return Tasks.custom("command", String.class)
                .onFailure((failed, operations) ->
                        operations.reschedule(failed, clock.now().plus(AFTER_FAILURE)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> turn(worker, instance));
    }

    private CompletionHandler<String> turn(CommandWorker worker, TaskInstance<String> instance) {
        Optional<Duration> later = worker.turn(instance.getId(), instance.getData());
        return later.isEmpty()
                ? (complete, operations) -> {}
                : (complete, operations) ->
                        operations.reschedule(complete, clock.now().plus(later.get()));
    }

    private void present() {
        try {
            upkeep.present();
        } catch (RuntimeException e) {
            LOG.warn("cannot say that this instance runs: {}", e.getMessage());
        }
    }

    /** A task's data is an acquirerId. */
    private static final class Utf8 implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return data == null ? null : data.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return bytes == null ? null : type.cast(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
