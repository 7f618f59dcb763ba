package io.tillwatch.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SteadyThreadTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();

    @Test
    void triesAgainEverMoreSlowlyAndBeginsAnewOnceItWentWell() throws InterruptedException {
        try (SteadyThread thread = new SteadyThread(
                "work",
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                LONG,
                this::failTheFirstFourAndTheSixth,
                (e, wait) -> waits.add(wait))) {
            thread.start();
            done.await();
        }

        assertThat(waits)
                .containsExactly(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(4),
                        Duration.ofMillis(4),
                        Duration.ofMillis(1));
    }

    private void failTheFirstFourAndTheSixth() {
        int round = rounds.incrementAndGet();
        if (round <= 4 || round == 6) {
            throw new IllegalStateException("away");
        } else if (round == 7) {
            done.countDown();
        }
    }

    @Test
    void closingEndsAPauseAtOnce() throws InterruptedException {
        SteadyThread thread = new SteadyThread(
                "work",
                Duration.ofDays(1),
                Duration.ofDays(1),
                LONG,
                () -> {
                    throw new IllegalStateException("away");
                },
                (e, wait) -> done.countDown());
        thread.start();
        done.await();

        thread.close();

        assertThat(thread.isClosing()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(one -> one.getName().equals("work"));
    }
}
