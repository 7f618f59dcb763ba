package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.catalogue.Catalogue;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord.Common;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.fact.Taint;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the facts are, the rules say something and stop. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TotalityPropertyTest {

    private static final String ODD_PAYMENT = "p:#%";
    private static final long[] TIMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 999, 60_000, 86_400_000, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    private static final long[] AMOUNTS = {1, 2, 100, 1_000_000_000_000L};
    private static final String[] IDS = {
        "", ":", "#", "c", "a:b", "c#REVERSE", "#REVERSE", ODD_PAYMENT, "\u0000", "x\uD83D"
    };

    private final Random random = new Random(Seed.VALUE);

    @Test
    void theCatalogueAssessesAnything() {
        for (int i = 0; i < 6_000; i++) {
            Facts facts = Facts.NONE;
            for (PaymentEvent event : events(TIMES)) {
                facts = facts.and(event);
            }
            Facts known = facts;
            Policies policies = policies();
            assertThatCode(() -> new Catalogue(ResponseCodes.DEFAULT)
                            .assess(
                                    ODD_PAYMENT,
                                    known,
                                    policies.of(known.acquirerId(), known.merchantId()),
                                    number(TIMES),
                                    List.of()))
                    .as(Seed.of(known))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aLifeOfAnythingGoesOnToItsEnd() {
        long[] arrivals = {0, 1, 5, 60_000, 61_000, 86_400_000, 1_000_000_000_000L};
        for (int i = 0; i < 1_500; i++) {
            List<PaymentEvent> events = events(arrivals);
            Policies policies = policies();
            assertThatCode(() -> new Watch(policies, number(0, 1, 100_000))
                            .readAll(ReadingOrder.atRandom(events, 1, random))
                            .advanceTo(4_000_000_000_000L)
                            .advanceTo(Long.MAX_VALUE - 1))
                    .as(Seed.of(events))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void evenWhenItArrivesAtTheEndsOfTime() {
        for (int i = 0; i < 1_500; i++) {
            List<PaymentEvent> events = events(TIMES);
            Policies policies = policies();
            assertThatCode(() -> new Watch(policies, number(0, 1, 100_000))
                            .readAll(ReadingOrder.inOrder(events))
                            .advanceTo(Long.MAX_VALUE - 1))
                    .as(Seed.of(events))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSearchForDuplicatesTakesAnything() {
        for (int i = 0; i < 1_500; i++) {
            Lookalikes lookalikes = new Lookalikes();
            for (PaymentEvent event : events(TIMES)) {
                if (event instanceof Fact fact) {
                    Sign.of(fact).ifPresent(lookalikes::add);
                }
            }
            Policies policies = policies();
            assertThatCode(() -> {
                        lookalikes.judge(Long.MAX_VALUE, policies, s -> {});
                        lookalikes.forgetAt(policies);
                    })
                    .as(Seed.of(lookalikes.signs()))
                    .doesNotThrowAnyException();
        }
    }

    private List<PaymentEvent> events(long[] arrivals) {
        List<PaymentEvent> events = new ArrayList<>();
        int count = random.nextInt(14);
        for (int i = 0; i < count; i++) {
            events.add(event(i, number(arrivals)));
        }
        return events;
    }

    private PaymentEvent event(int number, long arrivedAt) {
        Common common = new Common(
                random.nextInt(10) == 0 ? oneOf(IDS) : "e" + number,
                ODD_PAYMENT,
                number(TIMES),
                arrivedAt,
                oneOf(IDS),
                oneOf(IDS),
                orNull(oneOf(IDS)),
                number(AMOUNTS),
                random.nextInt(20) == 0 ? "USD" : "EUR",
                orNull(oneOf("91", "54", "", "#")));
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 ->
                new Authorization(
                        common,
                        oneOf(Authorization.Kind.values()),
                        oneOf(Authorization.Status.values()),
                        oneOf(Authorization.CaptureMode.values()),
                        oneOf(IDS),
                        orNull(oneOf(IDS)),
                        orNull(oneOf("", "0", "1")),
                        orNull(oneOf("", "000", "1")));
            case 4, 5 -> new Capture(common, oneOf(IDS), oneOf(Capture.Status.values()), random.nextBoolean());
            case 6 ->
                new Settlement(common, oneOf(IDS), oneOf(IDS), oneOf(Settlement.Status.values()), Long.MIN_VALUE, null);
            case 7 ->
                new Reversal(
                        common,
                        oneOf(IDS),
                        oneOf(Reversal.Kind.values()),
                        oneOf(Reversal.Status.values()),
                        orNull(oneOf(IDS)),
                        orNull(commandId()),
                        orNull(oneOf(IDS)),
                        random.nextBoolean() ? null : Long.valueOf(number(AMOUNTS)));
            case 8 ->
                new Outcome(
                        common.eventId(),
                        commandId(),
                        ODD_PAYMENT,
                        common.occurredAtMillis(),
                        arrivedAt,
                        oneOf(Outcome.Result.values()),
                        random.nextBoolean() ? 0 : number(AMOUNTS),
                        "EUR",
                        orNull(oneOf(IDS)),
                        null);
            default ->
                random.nextBoolean()
                        ? new Taint(ODD_PAYMENT, arrivedAt, oneOf(Feed.values()))
                        : new Suspicion(
                                common.eventId(),
                                ODD_PAYMENT,
                                orNull("q"),
                                common.occurredAtMillis(),
                                arrivedAt,
                                oneOf(Suspicion.Confidence.values()));
        };
    }

    private String commandId() {
        return random.nextInt(4) == 0
                ? oneOf(IDS)
                : ODD_PAYMENT
                        + ':'
                        + oneOf(AlertType.values())
                        + (random.nextBoolean() ? "" : ":" + oneOf(IDS))
                        + '#'
                        + oneOf(Action.values());
    }

    /** Every setting at its least, its most or its default. */
    private Policies policies() {
        Map<Setting, Long> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            settings.put(setting, number(setting.min(), setting.max(), setting.defaultValue()));
        }
        return Policies.fixed(Map.of("*", new PolicyChange("*", settings)));
    }

    private String orNull(String value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private long number(long... values) {
        return values[random.nextInt(values.length)];
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
