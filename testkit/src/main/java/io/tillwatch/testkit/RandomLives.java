package io.tillwatch.testkit;

import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random lives of payments: healthy ones, every kind of anomaly, feeds that are late, clocks that are wrong,
 * redeliveries, and answers to commands, both to some that the detector makes and to some that it never made. The same
 * options give the same lives, on any machine, at any time.
 *
 * <pre>
 * Lives lives = RandomLives.seeded(42).payments(1_000).faults(0.5).generate();
 * </pre>
 */
public final class RandomLives {

    /** When the first life begins unless told otherwise: 2026-01-01T00:00:00Z. */
    public static final long DEFAULT_START_MILLIS = 1_767_225_600_000L;

    private static final String[] CURRENCIES = {"EUR", "GBP", "CNY", "JPY", "KWD"}; // of 2, 2, 2, 0 and 3 digits
    private static final long[] AMOUNTS = {1, 100, 4_999, 12_500, 1_000_000, 1_000_001, 1_000_000_000_000L};

    private final long seed;
    private final int payments;
    private final long startMillis;
    private final long spreadMillis;
    private final Pace pace;
    private final double faults;
    private final double disorder;
    private final double redeliveries;
    private final boolean outcomes;
    private final boolean scopedPolicies;

    private RandomLives(
            long seed,
            int payments,
            long startMillis,
            long spreadMillis,
            Pace pace,
            double faults,
            double disorder,
            double redeliveries,
            boolean outcomes,
            boolean scopedPolicies) {
        this.seed = seed;
        this.payments = payments;
        this.startMillis = startMillis;
        this.spreadMillis = spreadMillis;
        this.pace = pace;
        this.faults = faults;
        this.disorder = disorder;
        this.redeliveries = redeliveries;
        this.outcomes = outcomes;
        this.scopedPolicies = scopedPolicies;
    }

    /** A hundred lives that begin within a day, half of them with a fault, in some disorder. */
    public static RandomLives seeded(long seed) {
        long day = Duration.ofDays(1).toMillis();
        return new RandomLives(seed, 100, DEFAULT_START_MILLIS, day, Pace.REAL, 0.5, 0.2, 0.05, true, true);
    }

    /** This many payments; a purchase made twice counts as one. */
    public RandomLives payments(int count) {
        return new RandomLives(
                seed, count, startMillis, spreadMillis, pace, faults, disorder, redeliveries, outcomes, scopedPolicies);
    }

    /** The first begins here, the others at random within a time. */
    public RandomLives starting(long atMillis, Duration within) {
        return new RandomLives(
                seed,
                payments,
                atMillis,
                within.toMillis(),
                pace,
                faults,
                disorder,
                redeliveries,
                outcomes,
                scopedPolicies);
    }

    /** How fast lives go by. */
    public RandomLives pace(Pace other) {
        return new RandomLives(
                seed,
                payments,
                startMillis,
                spreadMillis,
                other,
                faults,
                disorder,
                redeliveries,
                outcomes,
                scopedPolicies);
    }

    /** The share of lives in which something is wrong. */
    public RandomLives faults(double share) {
        return new RandomLives(
                seed,
                payments,
                startMillis,
                spreadMillis,
                pace,
                share,
                disorder,
                redeliveries,
                outcomes,
                scopedPolicies);
    }

    /** The share of records with a wrong clock, and of those that are late; a quarter of it are very late. */
    public RandomLives disorder(double share) {
        return new RandomLives(
                seed, payments, startMillis, spreadMillis, pace, faults, share, redeliveries, outcomes, scopedPolicies);
    }

    /** The share of records that are delivered once more. */
    public RandomLives redeliveries(double share) {
        return new RandomLives(
                seed, payments, startMillis, spreadMillis, pace, faults, disorder, share, outcomes, scopedPolicies);
    }

    /** Without outcomes of commands: someone else answers them. */
    public RandomLives withoutOutcomes() {
        return new RandomLives(
                seed, payments, startMillis, spreadMillis, pace, faults, disorder, redeliveries, false, scopedPolicies);
    }

    /** With the policy of the pace for all scopes, and nothing for one acquirer or merchant. */
    public RandomLives withoutScopedPolicies() {
        return new RandomLives(
                seed, payments, startMillis, spreadMillis, pace, faults, disorder, redeliveries, outcomes, false);
    }

    /** The lives of these options. */
    public Lives generate() {
        Map<String, PolicyChange> changes = changes();
        Policies policies = Policies.fixed(changes);
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            facts.addAll(life(i));
        }
        List<Suspicion> suspicions = suspicions(facts, policies);
        if (outcomes) {
            facts.addAll(new Answers(seed, pace, policies).to(facts, suspicions));
            suspicions = suspicions(facts, policies);
        }
        facts.sort(Comparator.comparingLong(Fact::arrivedAtMillis).thenComparing(Fact::feed));
        return new Lives(facts, suspicions, changes);
    }

    private List<Fact> life(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextLong();
        Plot plot = random.nextDouble() < faults
                ? Plot.values()[Plot.HEALTHY + random.nextInt(Plot.values().length - Plot.HEALTHY)]
                : Plot.values()[random.nextInt(Plot.HEALTHY)];
        long start = number == 0 ? startMillis : startMillis + (long) (random.nextDouble() * spreadMillis);
        LifeWriter writer =
                new LifeWriter(random, "p" + seed + '-' + number, shop(random), amount(random), pace, disorder, start);
        plot.write(writer);
        List<Fact> facts = writer.facts();
        List<Fact> again = new ArrayList<>(0);
        for (Fact fact : facts) {
            if (random.nextDouble() < redeliveries) {
                long later = fact.arrivedAtMillis() + (long) (random.nextDouble() * 3 * pace.get(Setting.ORPHAN_GRACE));
                again.add(Rewrite.arrivedAt(fact, later));
            }
        }
        facts.addAll(again);
        return facts;
    }

    private static LifeWriter.Shop shop(Random random) {
        int merchant = random.nextInt(12);
        return new LifeWriter.Shop(
                "a" + merchant % 3,
                "m" + merchant,
                random.nextInt(10) == 0 ? null : "t" + merchant + '-' + random.nextInt(3),
                CURRENCIES[random.nextInt(CURRENCIES.length)],
                "tok_" + random.nextInt(500));
    }

    private static long amount(Random random) {
        int pick = random.nextInt(20);
        return pick < AMOUNTS.length ? AMOUNTS[pick] : 1 + random.nextInt(1_500_000);
    }

    private Map<String, PolicyChange> changes() {
        Map<String, PolicyChange> changes = new HashMap<>();
        changes.put(PolicyChange.EVERYWHERE, pace.policy());
        if (scopedPolicies) {
            set(
                    changes,
                    PolicyChange.merchantScope("m3"),
                    Map.of(
                            Setting.SETTLE_WITHIN, pace.get(Setting.SETTLE_WITHIN) / 2,
                            Setting.SETTLEMENT_TOLERANCE, 2L,
                            Setting.AUTOMATIC_UP_TO, 5_000L));
            set(
                    changes,
                    PolicyChange.merchantScope("m4"),
                    Map.of(
                            Setting.REVERSE_MODE, (long) Mode.OFF.ordinal(),
                            Setting.MATCH_GRACE, 0L,
                            Setting.OVERCAPTURE_PERCENT_SALE, 120L));
            set(
                    changes,
                    PolicyChange.merchantScope("m5"),
                    Map.of(Setting.REVERSE_MODE, (long) Mode.APPROVAL.ordinal(), Setting.REMEDY_DELAY, 0L));
            set(
                    changes,
                    PolicyChange.acquirerScope("a1"),
                    Map.of(
                            Setting.CAPTURE_WITHIN, pace.get(Setting.CAPTURE_WITHIN) / 2,
                            Setting.ADJUST_MODE, (long) Mode.AUTOMATIC.ordinal(),
                            Setting.REFUND_MODE, (long) Mode.AUTOMATIC.ordinal(),
                            Setting.RETRY_CAPTURE_MODE, (long) Mode.AUTOMATIC.ordinal()));
        }
        return changes;
    }

    private static void set(Map<String, PolicyChange> changes, String scope, Map<Setting, Long> settings) {
        changes.put(scope, new PolicyChange(scope, settings));
    }

    private static List<Suspicion> suspicions(List<Fact> facts, Policies policies) {
        Map<LookalikeKey, Lookalikes> lookalikes = new HashMap<>();
        for (Fact fact : facts) {
            Sign.of(fact)
                    .ifPresent(sign -> lookalikes
                            .computeIfAbsent(sign.key(), k -> new Lookalikes())
                            .add(sign));
        }
        List<Suspicion> found = new ArrayList<>();
        lookalikes.values().forEach(l -> l.judge(Lookalikes.NEVER - 1, policies, found::add));
        found.sort(Comparator.comparingLong(Suspicion::occurredAtMillis).thenComparing(Suspicion::paymentId));
        return found;
    }
}
