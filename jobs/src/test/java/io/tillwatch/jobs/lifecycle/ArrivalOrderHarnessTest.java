package io.tillwatch.jobs.lifecycle;

import static io.tillwatch.jobs.given.Given.DAY;
import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.given.Operator.Backend;
import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.PaymentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each feed is read in its own order, but the feeds are read in any: the clock stands where the slowest of them stands.
 * The payment must end the same, with the same commands, in every order and with a restart at any point.
 */
class ArrivalOrderHarnessTest {

    private static final long END = T0 + 2 * DAY;
    private static final String UNANSWERED = "p:AUTHORIZATION_UNANSWERED:p:REQUESTED:" + T0;

    /** A capture before its authorization, an outcome before its command, a settlement before its capture. */
    static Stream<Arguments> lives() {
        return Stream.of(
                Arguments.of(
                        "an answer too late, the command done at once, reversed once more",
                        List.of(
                                List.of(SHOP.request("p", 100, T0), SHOP.approve("p", 100, T0 + 2 * MINUTE)),
                                List.of(SHOP.outcome(
                                        "p", UNANSWERED + "#REVERSE", Outcome.Result.DONE, 100, T0 + 90 * SECOND)),
                                List.of(SHOP.reverse("p", 100, T0 + 3 * MINUTE)))),
                Arguments.of(
                        "captured first, settled twice, a refused record",
                        List.of(
                                List.of(SHOP.approve("p", 100, T0 + 20 * MINUTE)),
                                List.of(SHOP.capture("p", "c", 100, T0)),
                                List.of(
                                        SHOP.settle("p", "c", 100, T0 + 5 * MINUTE),
                                        SHOP.taint("p", T0 + HOUR),
                                        SHOP.settle("p", "c", 100, T0 + 2 * HOUR)))),
                Arguments.of(
                        "all at one moment",
                        List.of(
                                List.of(SHOP.request("p", 100, T0), SHOP.approveAutomatic("p", 100, T0)),
                                List.of(SHOP.capture("p", "c", 50, T0)),
                                List.of(SHOP.settle("p", "p", 90, T0), SHOP.settle("p", "c", 50, T0)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    @DisplayName("every order of reading tells the same")
    void tellsTheSameInEveryOrder(String what, List<List<PaymentEvent>> feeds) {
        List<String> inOrder = inOrderOfArrival(feeds);
        assertThat(inOrder).hasSizeGreaterThan(1);
        for (int[] order : orders(feeds)) {
            assertThat(read(feeds, order, -1, Backend.HEAP, Duration.ZERO).rows())
                    .as("feeds read in the order %s", Arrays.toString(order))
                    .isEqualTo(inOrder);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    @DisplayName("every order of reading, with a restart at every point, tells the same")
    void tellsTheSameWithARestartAtEveryPoint(String what, List<List<PaymentEvent>> feeds) {
        List<String> inOrder = inOrderOfArrival(feeds);
        for (int[] order : orders(feeds)) {
            for (int restartAt = 0; restartAt <= order.length; restartAt++) {
                assertThat(read(feeds, order, restartAt, Backend.HEAP, Duration.ZERO)
                                .rows())
                        .as("feeds read in the order %s, restarted before step %s", Arrays.toString(order), restartAt)
                        .isEqualTo(inOrder);
            }
        }
    }

    @Test
    @DisplayName("with alerts told early, the last word and the commands are the same")
    void endsTheSameWhenAlertsAreToldEarly() {
        Random random = new Random(Seeds.of("early alerts in any order"));
        lives().forEach(life -> {
            @SuppressWarnings("unchecked")
            List<List<PaymentEvent>> feeds = (List<List<PaymentEvent>>) life.get()[1];
            List<int[]> orders = orders(feeds);
            List<String> expected =
                    read(feeds, orders.get(0), -1, Backend.HEAP, Duration.ZERO).lastWords();
            for (int i = 0; i < 24; i++) {
                int[] order = orders.get(random.nextInt(orders.size()));
                int restartAt = random.nextInt(order.length + 1);
                Backend backend = i % 8 == 0 ? Backend.ROCKSDB : Backend.HEAP;
                assertThat(read(feeds, order, restartAt, backend, Duration.ofMinutes(3))
                                .lastWords())
                        .as("feeds read in the order %s, restarted before step %s", Arrays.toString(order), restartAt)
                        .isEqualTo(expected);
            }
        });
    }

    private record Told(List<String> rows, List<String> lastWords) {}

    /** What is told when each record is read as it arrives. */
    private static List<String> inOrderOfArrival(List<List<PaymentEvent>> feeds) {
        List<PaymentEvent> events = new ArrayList<>();
        feeds.forEach(events::addAll);
        events.sort(Comparator.comparingLong(PaymentEvent::arrivedAtMillis).thenComparing(PaymentEvent::feed));
        try (Payments payments = Payments.in(Backend.ROCKSDB)) {
            for (PaymentEvent event : events) {
                payments.clock(event.arrivedAtMillis() - 1).read(event);
            }
            return payments.clock(END).rows();
        }
    }

    /** Reads the feeds in an order, with the clock that it allows, and lets two days pass. */
    private static Told read(
            List<List<PaymentEvent>> feeds, int[] order, int restartAt, Backend backend, Duration early) {
        try (Payments payments = Payments.telling(early, backend)) {
            int[] next = new int[feeds.size()];
            for (int i = 0; i < order.length; i++) {
                if (i == restartAt) {
                    payments.restart();
                }
                payments.read(feeds.get(order[i]).get(next[order[i]]++));
                long clock = clock(feeds, next);
                if (clock != Long.MIN_VALUE) {
                    payments.clock(clock);
                }
            }
            if (restartAt == order.length) {
                payments.restart();
            }
            payments.clock(END);
            assertThat(payments.keys()).isOne();
            assertThat(payments.timers()).isLessThanOrEqualTo(1);
            return new Told(payments.rows(), payments.lastWords());
        }
    }

    /** The slowest feed's; one that was read to its end is as far as the end. */
    private static long clock(List<List<PaymentEvent>> feeds, int[] next) {
        long clock = END - 1;
        for (int f = 0; f < next.length; f++) {
            List<PaymentEvent> feed = feeds.get(f);
            if (next[f] == 0) {
                return Long.MIN_VALUE;
            } else if (next[f] < feed.size()) {
                clock = Math.min(clock, feed.get(next[f] - 1).arrivedAtMillis() - 1);
            }
        }
        return clock;
    }

    /** All ways to merge the feeds, the one that reads feed after feed first. */
    private static List<int[]> orders(List<List<PaymentEvent>> feeds) {
        List<int[]> orders = new ArrayList<>();
        int[] left = feeds.stream().mapToInt(List::size).toArray();
        merge(left, new int[Arrays.stream(left).sum()], 0, orders);
        return orders;
    }

    private static void merge(int[] left, int[] order, int at, List<int[]> orders) {
        if (at == order.length) {
            orders.add(order.clone());
            return;
        }
        for (int f = 0; f < left.length; f++) {
            if (left[f] > 0) {
                left[f]--;
                order[at] = f;
                merge(left, order, at + 1, orders);
                left[f]++;
            }
        }
    }
}
