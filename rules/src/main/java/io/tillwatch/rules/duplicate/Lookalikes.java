package io.tillwatch.rules.duplicate;

import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.fact.Suspicion.Confidence;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The purchases of one {@link LookalikeKey} and which of them repeats which. They are judged a little after each approval
 * or return ({@code matchGrace}), on what had arrived by then, so the order in which the feeds are read does not matter.
 *
 * <p>Mutable and confined to one thread.
 */
public final class Lookalikes {

    /** A time that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<Sign> BY_OCCURRENCE =
            Comparator.comparingLong(Sign::occurredAtMillis).thenComparing(Sign::eventId);
    private static final Comparator<Sign> EARLIER =
            Comparator.comparingLong(Sign::occurredAtMillis).thenComparing(Sign::paymentId);

    private final List<Sign> signs;
    private final Map<String, Held> held = new LinkedHashMap<>(2);
    private long judgedAtMillis;

    /**
     * What is held of a payment.
     *
     * @param paymentId the payment that may repeat another one
     * @param ofPaymentId the other one, or null when it is held no more
     */
    public record Held(String paymentId, String ofPaymentId, Confidence confidence) {

        /** Of what is held for two kinds of one payment, the surer. */
        private Held surer(Held other) {
            return other.confidence.compareTo(confidence) < 0 ? other : this;
        }
    }

    /** No purchase is known. */
    public Lookalikes() {
        this(List.of(), List.of(), Long.MIN_VALUE);
    }

    /** Purchases as they were remembered. */
    public Lookalikes(List<Sign> signs, List<Held> held, long judgedAtMillis) {
        this.signs = new ArrayList<>(signs);
        held.forEach(h -> this.held.put(h.paymentId(), h));
        this.judgedAtMillis = judgedAtMillis;
    }

    /** The signs known, in the order in which they were read. */
    public List<Sign> signs() {
        return List.copyOf(signs);
    }

    /** What is held, in the order in which it was first held. */
    public List<Held> held() {
        return List.copyOf(held.values());
    }

    /** The last time at which they were judged. */
    public long judgedAtMillis() {
        return judgedAtMillis;
    }

    /** Takes note of a sign, unless it is known. */
    public void add(Sign sign) {
        for (Sign known : signs) {
            if (known.eventId().equals(sign.eventId()) && known.paymentId().equals(sign.paymentId())) {
                return;
            }
        }
        signs.add(sign);
    }

    /**
     * When they must be judged next, or {@link #NEVER}. A lone purchase repeats nothing, so nobody is woken for it; once
     * another comes, the first is judged at its own time as well, on what had arrived by then.
     */
    public long nextJudgementAt(Policies policies) {
        if (held.isEmpty() && ofOnePayment()) {
            return NEVER;
        }
        long next = NEVER;
        for (Sign sign : signs) {
            if (sign.judges()) {
                long at = judgementAt(sign, policies);
                if (at > judgedAtMillis) {
                    next = Math.min(next, at);
                }
            }
        }
        return next;
    }

    /** When nothing of them is needed any more. */
    public long forgetAt(Policies policies) {
        long at = Long.MIN_VALUE;
        boolean one = ofOnePayment();
        for (Sign sign : signs) {
            Policy policy = policy(sign, policies);
            // A lone purchase waits only for another one; of several, any may still be given back.
            long keep = held.isEmpty() || one ? policy.rememberFor() : policy.forgetAfter();
            long needed = Math.max(policy.duplicateWithin(), policy.matchGrace()); // to be judged at all
            at = Math.max(at, sign.arrivedAtMillis() + Math.max(keep, needed));
        }
        return at == Long.MIN_VALUE ? NEVER : at;
    }

    /** Judges them at each time that is due by the clock, and tells what changed. */
    public void judge(long clockMillis, Policies policies, Consumer<Suspicion> changed) {
        for (long at = nextJudgementAt(policies); at <= clockMillis; at = nextJudgementAt(policies)) {
            judgeAt(at, policies, changed);
            judgedAtMillis = at;
            if (at == NEVER) {
                return;
            }
        }
    }

    private boolean ofOnePayment() {
        for (int i = 1; i < signs.size(); i++) {
            if (!signs.get(i).paymentId().equals(signs.get(0).paymentId())) {
                return false;
            }
        }
        return true;
    }

    private void judgeAt(long at, Policies policies, Consumer<Suspicion> changed) {
        Purchases purchases = new Purchases(at);
        Set<String> concerned = concerned(at, purchases, policies);
        Map<String, Held> found = new LinkedHashMap<>();
        for (Sign x : purchases.approvals) {
            if (concerned.contains(x.paymentId()) && judgementAt(x, policies) <= at) {
                found.merge(x.paymentId(), hold(x, purchases, policy(x, policies)), Held::surer);
            }
        }
        for (Held now : found.values()) {
            Held before = held.get(now.paymentId());
            if (before == null ? now.confidence() != Confidence.NONE : !before.equals(now)) {
                held.put(now.paymentId(), now);
                changed.accept(Suspicion.found(now.paymentId(), now.ofPaymentId(), at, now.confidence()));
            }
        }
    }

    /** The payments that are judged at a time: those with an approval of a kind of which a sign is due, a return of any. */
    private Set<String> concerned(long at, Purchases purchases, Policies policies) {
        Set<Authorization.Kind> kinds = EnumSet.noneOf(Authorization.Kind.class);
        for (Sign sign : signs) {
            if (sign.judges() && judgementAt(sign, policies) == at) {
                if (sign.authorizationKind() == null) {
                    kinds.addAll(EnumSet.allOf(Authorization.Kind.class));
                } else {
                    kinds.add(sign.authorizationKind());
                }
            }
        }
        Set<String> concerned = new HashSet<>();
        for (Sign x : purchases.approvals) {
            if (kinds.contains(x.authorizationKind())) {
                concerned.add(x.paymentId());
            }
        }
        return concerned;
    }

    private static Held hold(Sign x, Purchases purchases, Policy policy) {
        Sign earliest = null;
        boolean exact = false;
        for (Sign y : purchases.approvals) {
            if (!y.paymentId().equals(x.paymentId())
                    && y.authorizationKind() == x.authorizationKind()
                    && EARLIER.compare(y, x) < 0
                    && x.occurredAtMillis() - y.occurredAtMillis() <= policy.duplicateWithin()
                    && purchases.stands(y, policy.authorizationResponseWithin())) {
                exact |= sameReferences(x, y);
                earliest = earliest == null || EARLIER.compare(y, earliest) < 0 ? y : earliest;
            }
        }
        if (earliest == null) {
            return new Held(x.paymentId(), null, Confidence.NONE);
        }
        return new Held(x.paymentId(), earliest.paymentId(), exact ? Confidence.EXACT : Confidence.SUSPECTED);
    }

    private static boolean sameReferences(Sign x, Sign y) {
        boolean sameTerminal = x.terminalId() != null && Objects.equals(x.terminalId(), y.terminalId());
        return sameTerminal && Authorization.sameReference(x.stan(), y.stan())
                || Authorization.sameReference(x.rrn(), y.rrn());
    }

    private static long judgementAt(Sign sign, Policies policies) {
        return sign.arrivedAtMillis() + policy(sign, policies).matchGrace();
    }

    private static Policy policy(Sign sign, Policies policies) {
        return policies.of(sign.acquirerId(), sign.key().merchantId());
    }

    /** What had arrived by a time. */
    private final class Purchases {

        /** The earliest approval of each payment and kind. */
        private final List<Sign> approvals = new ArrayList<>();

        private final List<Sign> others = new ArrayList<>(0);

        Purchases(long byMillis) {
            Map<String, Sign> earliest = new LinkedHashMap<>();
            for (Sign sign : signs) {
                if (sign.arrivedAtMillis() > byMillis) {
                    continue;
                }
                if (sign.kind() == Sign.Kind.APPROVED) {
                    earliest.merge(
                            sign.paymentId() + '/' + sign.authorizationKind(),
                            sign,
                            (a, b) -> BY_OCCURRENCE.compare(b, a) < 0 ? b : a);
                } else {
                    others.add(sign);
                }
            }
            approvals.addAll(earliest.values());
            approvals.sort(EARLIER);
        }

        /** Whether the cardholder still owes it: not given back, and not about to be since its answer came too late. */
        boolean stands(Sign y, long responseWithinMillis) {
            Sign request = null;
            for (Sign other : others) {
                if (!other.paymentId().equals(y.paymentId())) {
                    continue;
                }
                if (other.kind() == Sign.Kind.RETURNED) {
                    return false;
                }
                if (other.authorizationKind() == y.authorizationKind()
                        && other.occurredAtMillis() <= y.occurredAtMillis()
                        && (request == null || BY_OCCURRENCE.compare(other, request) > 0)) {
                    request = other;
                }
            }
            return request == null || y.occurredAtMillis() - request.occurredAtMillis() <= responseWithinMillis;
        }
    }
}
