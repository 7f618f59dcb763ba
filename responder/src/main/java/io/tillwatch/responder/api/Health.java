package io.tillwatch.responder.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the responder lives, and whether it can do its work. Open to anyone, and says no more than what is amiss: neither
 * addresses nor names. Each thing is looked at once at a time, however many ask, and what takes too long is amiss.
 */
public final class Health implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(4);
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    /** One thing without which there is no work. */
    public interface Check {
        /** For example "database". */
        String name();

        /** What is wrong with it, in a few words; empty if nothing is. */
        Optional<String> problem();
    }

    private final List<Look> looks;
    private final ExecutorService threads;

    Health(List<Check> checks) {
        this.looks = checks.stream().map(Look::new).toList();
        this.threads = Executors.newFixedThreadPool(Math.max(1, checks.size()), task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        });
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", Access.open(), request -> Answer.ok(Map.of("status", "UP"))),
                Route.get("/health/ready", Access.open(), request -> ready()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Answer ready() {
        List<Map<String, String>> looked = new ArrayList<>();
        boolean up = true;
        for (Look look : looks) {
            Map<String, String> result = new LinkedHashMap<>();
            Optional<String> problem = look.problem();
            result.put("name", look.check.name());
            result.put("status", problem.isPresent() ? "DOWN" : "UP");
            problem.ifPresent(what -> result.put("problem", what));
            looked.add(result);
            up = up && problem.isEmpty();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("checks", looked);
        return new Answer.Json(up ? 200 : 503, body);
    }

    private final class Look {
        private final Check check;
        private Future<Optional<String>> latest;
        private long begunNanos;

        Look(Check check) {
            this.check = check;
        }

        Optional<String> problem() {
            try {
                return current().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return Optional.of("does not answer within " + WITHIN.toSeconds() + " s");
            } catch (ExecutionException e) {
                return Optional.of(
                        "cannot be looked at: " + e.getCause().getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("was not waited for");
            }
        }

        private synchronized Future<Optional<String>> current() {
            boolean old = latest == null || System.nanoTime() - begunNanos > GOOD_FOR.toNanos();
            if (latest == null || (latest.isDone() && old)) {
                begunNanos = System.nanoTime();
                latest = threads.submit(check::problem);
            }
            return latest;
        }
    }
}
