package io.tillwatch.acquirer.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out a request with the fault that strikes it. */
public final class FaultyExchange {

    private final ScheduledExecutorService later;
    private final Runnable kill;

    /**
     * An exchange.
     *
     * @param kill ends the process at once
     */
    public FaultyExchange(ScheduledExecutorService later, Runnable kill) {
        this.later = later;
        this.kill = kill;
    }

    /**
     * Carries it out.
     *
     * @param settle settles the payment; for a late settlement
     * @param work has the effect, and gives the answer
     */
    public <A> void run(Strike strike, Runnable settle, Supplier<CompletableFuture<A>> work, Reply<A> reply) {
        switch (strike.fault()) {
            case NONE -> then(work, reply, reply::answer);
            case DROP_REQUEST -> reply.nothing();
            case DROP_ANSWER -> then(work, reply, done -> reply.nothing());
            case DELAY -> delay(strike, work, reply);
            case DUPLICATE -> twice(strike, work, reply);
            case HALF_ANSWER -> then(work, reply, reply::half);
            case GARBAGE -> then(work, reply, done -> reply.garbage(strike.bits()));
            case SERVER_ERROR -> {
                if (strike.before()) {
                    reply.serverError();
                } else {
                    then(work, reply, done -> reply.serverError());
                }
            }
            case WRONG_ANSWER -> then(work, reply, done -> reply.another(done, strike.before()));
            case DECLINE -> reply.declined(strike.declineCode());
            case LATE_SETTLEMENT -> {
                settle.run();
                then(work, reply, reply::answer);
            }
            case KILL -> {
                if (strike.before()) {
                    kill.run();
                } else {
                    then(work, reply, done -> kill.run());
                }
            }
        }
    }

    private static <A> void then(Supplier<CompletableFuture<A>> work, Reply<A> reply, Consumer<A> next) {
        var unused = work.get().whenComplete(orServerError(reply, next));
    }

    private static <A> BiConsumer<A, Throwable> orServerError(Reply<A> reply, Consumer<A> next) {
        return (answer, failure) -> {
            if (failure == null) {
                next.accept(answer);
            } else {
                reply.serverError();
            }
        };
    }

    private <A> void delay(Strike strike, Supplier<CompletableFuture<A>> work, Reply<A> reply) {
        if (strike.before()) {
            var unused =
                    later.schedule(() -> then(work, reply, reply::answer), strike.delayMillis(), TimeUnit.MILLISECONDS);
        } else {
            then(work, reply, done -> {
                var unused = later.schedule(() -> reply.answer(done), strike.delayMillis(), TimeUnit.MILLISECONDS);
            });
        }
    }

    private static <A> void twice(Strike strike, Supplier<CompletableFuture<A>> work, Reply<A> reply) {
        CompletableFuture<A> first = work.get();
        CompletableFuture<A> second = work.get();
        var unused = (strike.before() ? first : second).whenComplete(orServerError(reply, reply::answer));
    }
}
