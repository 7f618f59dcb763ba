package io.tillwatch.console.web;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Tells open pages that something has changed, twice a second at most however much changes; a page then asks for what it shows.
 * A browser that is slow misses beats and nothing else. For any number of threads.
 */
final class Live implements AutoCloseable {

    static final Duration BEAT = Duration.ofMillis(500);
    private static final int BEATS_BETWEEN_SIGNS_OF_LIFE = 20;
    private static final int PAGES_MAX = 500;

    private final Set<Page> pages = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final ExecutorService sending = Executors.newCachedThreadPool(task -> thread(task, "live-sending"));
    private final ScheduledExecutorService beating =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "live"));
    private long beats;

    private record Page(SseClient client, BooleanSupplier allowed, AtomicBoolean busy) {}

    void start() {
        Future<?> unused =
                beating.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    void changed() {
        dirty.set(true);
    }

    /** @param allowed whether whoever opened it is still signed in */
    void open(SseClient client, BooleanSupplier allowed) {
        if (pages.size() >= PAGES_MAX) {
            client.close();
            return;
        }
        Page page = new Page(client, allowed, new AtomicBoolean());
        pages.add(page);
        client.keepAlive();
        client.onClose(() -> pages.remove(page));
        send(page, "hello");
    }

    int pages() {
        return pages.size();
    }

    private void beat() {
        beats++;
        if (dirty.getAndSet(false)) {
            pages.forEach(page -> send(page, "changed"));
        } else if (beats % BEATS_BETWEEN_SIGNS_OF_LIFE == 0) {
            pages.forEach(page -> send(page, "hello"));
        }
    }

    private void send(Page page, String event) {
        if (!page.busy().compareAndSet(false, true)) {
            dirty.set(true);
            return;
        }
        sending.execute(() -> {
            try {
                if (page.allowed().getAsBoolean()) {
                    // Without data a browser does not pass the event on.
                    page.client().sendEvent(event, "now");
                } else {
                    page.client().close();
                }
            } finally {
                page.busy().set(false);
            }
        });
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        beating.shutdownNow();
        pages.forEach(page -> page.client().close());
        sending.shutdownNow();
    }
}
