package io.tillwatch.jobs.duplicates;

import static io.tillwatch.jobs.given.Given.DAY;
import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.given.Operator;
import io.tillwatch.jobs.given.Operator.Backend;
import io.tillwatch.jobs.given.Savepoints;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lookalikes' operator on its own: timers, restarts, policies, forgetting. */
class DuplicatesHarnessTest {

    private static final String STATE = "lookalikes";
    private static final long JUDGED = T0 + 10 * SECOND + MINUTE;
    private static final String EXACT = "y repeats x EXACT " + JUDGED;

    private static final Sign X = approved("x", "000017", T0);
    private static final Sign Y = approved("y", "000017", T0 + 10 * SECOND);

    @ParameterizedTest
    @EnumSource(Backend.class)
    void suspectsThePurchaseThatRepeatsAnotherOnceItsGraceIsOver(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            lookalikes.read(X).read(Y).clock(JUDGED - 1);
            assertThat(rows(lookalikes)).isEmpty();

            lookalikes.clock(JUDGED + 3 * HOUR);
            assertThat(rows(lookalikes)).containsExactly(EXACT);

            lookalikes.read(approved("z", "000018", JUDGED - 30 * SECOND)).clock(JUDGED + 4 * HOUR);
            assertThat(rows(lookalikes))
                    .as("a sign that arrives late is judged at once, as of its own time")
                    .containsExactly("z repeats x SUSPECTED " + (JUDGED + 30 * SECOND));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the maximum watermark at the end of the input judges nothing")
    void judgesNothingWhenTheInputEnds(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            lookalikes.read(X).read(Y).clock(JUDGED - 1).clock(Long.MAX_VALUE);

            assertThat(rows(lookalikes)).isEmpty();
            assertThat(lookalikes.keys(STATE)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a redelivered sign changes nothing, after a restart neither")
    void ignoresWhatItKnows(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            lookalikes.read(X).read(X).read(Y).restart().read(Y).read(X).clock(JUDGED);
            assertThat(rows(lookalikes)).containsExactly(EXACT);

            lookalikes.read(X).restart().read(Y).clock(JUDGED + DAY);
            assertThat(rows(lookalikes)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("every order of reading, with restarts, finds the same")
    void findsTheSameInEveryOrder(Backend backend) {
        List<Sign> signs = List.of(
                X,
                Y,
                approved("w", "000019", T0 + 20 * SECOND),
                returned("x", T0 + 4 * MINUTE),
                approved("v", "000017", T0 + 2 * MINUTE));
        List<String> expected = null;
        Random random = new Random(7);
        for (int i = 0; i < (backend == Backend.HEAP ? 20 : 4); i++) {
            List<Sign> order = new ArrayList<>(signs);
            if (i > 0) {
                Collections.shuffle(order, random);
            }
            try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
                for (Sign sign : order) {
                    lookalikes.read(sign);
                    if (i > 0 && random.nextInt(3) == 0) {
                        lookalikes.restart(1 + random.nextInt(2));
                    }
                }
                List<String> rows = rows(lookalikes.clock(T0 + HOUR));
                expected = expected == null ? rows : expected;
                assertThat(rows).as("read in the order %s", order).isEqualTo(expected);
            }
        }
        assertThat(expected)
                .as("x was given back: y repeats nothing any more, and who repeated x repeats y")
                .contains(EXACT, "y repeats null NONE " + (T0 + 5 * MINUTE), "v repeats y EXACT " + (T0 + 5 * MINUTE));
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("few timers for each key, and no key or timer when all were forgotten")
    void forgetsEverythingInTheEnd(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            int count = 100;
            int half = count / 2;
            for (int i = 0; i < count; i++) {
                long at = T0 + i * SECOND;
                Given shop = new Given("acq-1", "mer-" + i);
                lookalikes.read(sign(shop.request("p" + i, 100, at)));
                lookalikes.read(sign(shop.approvedWith("q" + i, "card", "1", 100, at + 1)));
                if (i % 2 == 0) {
                    lookalikes.read(sign(shop.approvedWith("r" + i, "card", "1", 100, at + 2)));
                }
                lookalikes.clock(at);
            }
            assertThat(lookalikes.keys(STATE)).isEqualTo(count + count);
            assertThat(lookalikes.timers()).isEqualTo(count + count);
            assertThat(rows(lookalikes.clock(T0 + HOUR))).hasSize(half);
            assertThat(lookalikes.timers()).as("one for each key").isEqualTo(count + count);

            lookalikes.clock(T0 + 4 * DAY);
            assertThat(lookalikes.keys(STATE))
                    .as("those who repeat one another")
                    .isEqualTo(half);

            lookalikes.clock(T0 + 91 * DAY);
            assertThat(lookalikes.keys(STATE)).isZero();
            assertThat(lookalikes.timers()).isZero();
            assertThat(rows(lookalikes)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void losesNothingWhenTheParallelismChanges(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            lookalikes.policy(Given.everywhere(Setting.MATCH_GRACE, 20 * SECOND));
            for (int i = 0; i < 40; i++) {
                Given shop = new Given("acq-1", "mer-" + i);
                lookalikes.read(sign(shop.approvedWith("q" + i, "card", "1", 100, T0 + i)));
            }
            lookalikes.clock(T0 + SECOND).restart(2);
            for (int i = 0; i < 40; i++) {
                Given shop = new Given("acq-1", "mer-" + i);
                lookalikes.read(sign(shop.approvedWith("r" + i, "card", "1", 100, T0 + 2 * SECOND + i)));
            }
            lookalikes.clock(T0 + 3 * SECOND).restart(1).clock(T0 + 30 * SECOND);

            assertThat(lookalikes.said())
                    .as("by the policy that was changed before")
                    .hasSize(40)
                    .allMatch(s -> s.occurredAtMillis() < T0 + 23 * SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the policies at the start are in force before any change was read")
    void judgesByThePoliciesAtTheStart(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes =
                lookalikes(backend, Given.everywhere(Setting.MATCH_GRACE, 5 * SECOND))) {
            lookalikes.read(X).read(Y).clock(T0 + HOUR);

            assertThat(rows(lookalikes)).containsExactly("y repeats x EXACT " + (T0 + 15 * SECOND));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a scope that was taken back returns to the defaults")
    void returnsToTheDefaults(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend, Given.everywhere(Setting.MATCH_GRACE, HOUR))) {
            lookalikes
                    .policy(new PolicyChange(PolicyChange.EVERYWHERE, Map.of()))
                    .read(X)
                    .read(Y)
                    .clock(JUDGED);

            assertThat(rows(lookalikes)).containsExactly(EXACT);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName(
            "a policy that shortens the grace counts from the next record on, though the first timer was set for later")
    void setsATimerAnewWhenThePolicyHasChanged(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend, Given.everywhere(Setting.MATCH_GRACE, HOUR))) {
            lookalikes.read(X).read(Y).clock(T0 + 20 * SECOND);

            lookalikes.policy(Given.everywhere(Setting.MATCH_GRACE, MINUTE));
            lookalikes.read(approved("z", "000018", T0 + 30 * SECOND)).clock(JUDGED);

            assertThat(rows(lookalikes)).containsExactly(EXACT);
        }
    }

    @Test
    void keepsASavepointForReleasesToCome() {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(Backend.HEAP)) {
            lookalikes.policy(Given.everywhere(Setting.MATCH_GRACE, 2 * MINUTE));
            lookalikes.read(X).read(Y).clock(T0 + MINUTE);
            Savepoints.write(lookalikes, "lookalikes-1");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a savepoint of release 1 is restored, and its timers and policies go on")
    void goesOnFromASavepointOfRelease1(Backend backend) {
        try (Operator<Sign, Suspicion> lookalikes = lookalikes(backend)) {
            lookalikes.restartFrom(Savepoints.kept(DuplicatesHarnessTest.class, "lookalikes-1"));
            lookalikes.clock(T0 + HOUR);

            assertThat(rows(lookalikes)).containsExactly("y repeats x EXACT " + (JUDGED + MINUTE));
        }
    }

    private static Operator<Sign, Suspicion> lookalikes(Backend backend, PolicyChange... policies) {
        return new Operator<>(
                backend,
                new DuplicatesOperator(new BroadcastPolicies(List.of(policies))),
                DuplicatesOperator::keyOf,
                StreamCodec.SIGN_TYPE,
                StreamCodec.SUSPICION_TYPE);
    }

    private static Sign approved(String payment, String stan, long at) {
        return sign(SHOP.approvedWith(payment, "card", stan, 100, at));
    }

    private static Sign returned(String payment, long at) {
        return sign(SHOP.reversal(payment, "card", 100L, 100, at));
    }

    private static Sign sign(Fact fact) {
        return Sign.of(fact).orElseThrow();
    }

    private static List<String> rows(Operator<Sign, Suspicion> lookalikes) {
        return lookalikes.said().stream()
                .map(s -> s.paymentId() + " repeats " + s.ofPaymentId() + ' ' + s.confidence() + ' '
                        + s.occurredAtMillis())
                .toList();
    }
}
