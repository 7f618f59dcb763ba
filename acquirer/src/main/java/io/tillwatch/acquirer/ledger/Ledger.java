package io.tillwatch.acquirer.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The acquirers' books: decides what becomes of an instruction, and takes entries. Deciding changes nothing; what was
 * decided is in the books when its entry is applied. No files, no clock: times come with the calls, in milliseconds since
 * the epoch, and must not go back by more than the keys' retention. Not safe for use by several threads.
 */
public final class Ledger {

    private record PaymentKey(String acquirerId, String paymentId) {}

    private record IdempotencyKey(String acquirerId, String key) {}

    /** Exactly one of effect and code is there. */
    private record Remembered(String content, Effect effect, DeclineCode code, long at) {}

    private record Forgettable(IdempotencyKey key, long at) {}

    private final Map<String, Tier> tiers;
    private final long keyRetentionMillis;
    private final Map<PaymentKey, Payment> payments = new LinkedHashMap<>();
    private final Map<String, List<Payment>> byRrn = new HashMap<>();
    private final Map<IdempotencyKey, Remembered> remembered = new HashMap<>();
    private final Deque<Forgettable> forgettable = new ArrayDeque<>();
    private final List<Effect> effects = new ArrayList<>();
    private long starts;

    /**
     * Empty books.
     *
     * @param tiers by acquirerId; A for those that are not named
     * @param keyRetention how long a key, and what was done under it, is remembered
     */
    public Ledger(Map<String, Tier> tiers, Duration keyRetention) {
        this.tiers = Map.copyOf(tiers);
        this.keyRetentionMillis = keyRetention.toMillis();
    }

    /** What an acquirer does for its clients. */
    public Tier tier(String acquirerId) {
        return tiers.getOrDefault(acquirerId, Tier.A);
    }

    /** How often the program was started on these books. */
    public long starts() {
        return starts;
    }

    /** The effects of instructions after a number, oldest first, at most so many. */
    public List<Effect> effects(long afterSeq, int limit) {
        int from = (int) Math.min(Math.max(0, afterSeq), effects.size());
        int to = Math.min(effects.size(), Math.addExact(from, Math.min(limit, effects.size())));
        return List.copyOf(effects.subList(from, to));
    }

    /** Everything, a payment each, in the order in which they became known. */
    public List<PaymentBooks> books() {
        return payments.values().stream().map(PaymentBooks::of).toList();
    }

    /** Takes an entry. Entries that were decided on by this ledger are to be applied before the next decision. */
    public void apply(Entry entry) {
        if (entry instanceof Entry.Happened happened) {
            take(happened.event());
        } else if (entry instanceof Entry.Done done) {
            take(done.effect());
        } else if (entry instanceof Entry.Bound bound) {
            remember(
                    new IdempotencyKey(bound.acquirerId(), bound.key()),
                    new Remembered(bound.content(), null, bound.code(), bound.at()));
        } else if (entry instanceof Entry.Started) {
            starts++;
        }
    }

    private void take(Event event) {
        Payment payment = payments.computeIfAbsent(
                new PaymentKey(event.acquirerId(), event.paymentId()),
                key -> new Payment(key.acquirerId(), key.paymentId(), event.currency()));
        payment.take(event);
        if (event.rrn() != null) {
            List<Payment> others = byRrn.computeIfAbsent(event.rrn(), rrn -> new ArrayList<>(1));
            if (!others.contains(payment)) {
                others.add(payment);
            }
        }
    }

    private void take(Effect effect) {
        Payment payment = payments.get(new PaymentKey(effect.acquirerId(), effect.paymentId()));
        if (payment == null || effect.seq() != effects.size() + 1L) {
            throw new IllegalStateException("effect " + effect.seq() + " does not follow effect " + effects.size()
                    + " or has no payment: the journal was made by something else");
        }
        payment.take(effect);
        effects.add(effect);
        remember(
                new IdempotencyKey(effect.acquirerId(), effect.key()),
                new Remembered(effect.content(), effect, null, effect.at()));
    }

    private void remember(IdempotencyKey key, Remembered what) {
        if (tier(key.acquirerId()).deduplicates()) {
            remembered.put(key, what);
            forgettable.add(new Forgettable(key, what.at()));
        }
    }

    private void forget(long now) {
        while (!forgettable.isEmpty() && isForgotten(forgettable.peek().at(), now)) {
            Forgettable oldest = forgettable.remove();
            Remembered kept = remembered.get(oldest.key());
            if (kept != null && kept.at() == oldest.at()) {
                remembered.remove(oldest.key());
            }
        }
    }

    private boolean isForgotten(long at, long now) {
        return now - at > keyRetentionMillis;
    }

    /**
     * The payment that an acquirer knows by its references alone. Those that are null are not looked at, but rrn must be
     * there.
     *
     * @return its paymentId; empty if there is none, or more than one
     */
    public Optional<String> paymentOf(String acquirerId, String merchantId, String stan, String rrn) {
        if (rrn == null) {
            return Optional.empty();
        }
        List<Payment> found = byRrn.getOrDefault(rrn, List.of()).stream()
                .filter(p -> p.acquirerId.equals(acquirerId))
                .filter(p -> merchantId == null || merchantId.equals(p.merchantId))
                .filter(p -> stan == null
                        || p.authorizations.stream()
                                .anyMatch(a -> a.names.stream().anyMatch(n -> stan.equals(n.stan()))))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0).paymentId) : Optional.empty();
    }

    /** The currency of a payment; null if the payment is not known. */
    public String currency(String acquirerId, String paymentId) {
        Payment payment = payments.get(new PaymentKey(acquirerId, paymentId));
        return payment == null ? null : payment.currency;
    }

    /**
     * What an acquirer knows of a payment.
     *
     * @param captureId of the capture that matters; may be null, as may the rest
     * @param key about the effect of which it is asked
     */
    public Optional<PaymentView> inquire(
            String acquirerId, String paymentId, String captureId, AttemptName attempt, String key, long now) {
        Payment payment = payments.get(new PaymentKey(acquirerId, paymentId));
        if (payment == null) {
            return Optional.empty();
        }
        Authorization authorization = payment.authorizationOrNull(attempt);
        Capture capture = captureId == null ? null : payment.captureOrNull(captureId, attempt);
        Effect effect = key == null ? null : effectOrNull(payment, key, now);
        return Optional.of(new PaymentView(
                paymentId,
                payment.currency,
                authorization == null
                        ? null
                        : new PaymentView.AuthorizationView(payment.status(authorization), authorization.amount),
                payment.held(),
                payment.netDebit(),
                payment.settled(),
                capture == null ? null : PaymentBooks.view(capture),
                effect == null ? null : PaymentView.EffectView.of(effect)));
    }

    private Effect effectOrNull(Payment payment, String key, long now) {
        for (int i = payment.effects.size() - 1; i >= 0; i--) {
            Effect effect = payment.effects.get(i);
            if (effect.key().equals(key)) {
                return isForgotten(effect.at(), now) ? null : effect;
            }
        }
        return null;
    }

    /** What becomes of an instruction that comes now. */
    public Decision decide(Instruction instruction, long now) {
        forget(now);
        Remembered known = remembered.get(new IdempotencyKey(instruction.acquirerId(), instruction.key()));
        if (known != null) {
            return again(known, instruction);
        }
        Payment payment = payments.get(new PaymentKey(instruction.acquirerId(), instruction.paymentId()));
        if (payment == null) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        if (!payment.currency.equals(instruction.currency())) {
            return decline(instruction, DeclineCode.CURRENCY);
        }
        return switch (instruction.action()) {
            case REVERSE -> reverse(payment, instruction, now);
            case REFUND -> refund(payment, instruction, now);
            case ADJUST -> adjust(payment, instruction, now);
            case RETRY_CAPTURE -> capture(payment, instruction, now);
            case RETRY_SETTLEMENT -> present(payment, instruction, now);
        };
    }

    private static Decision again(Remembered known, Instruction instruction) {
        if (!known.content().equals(instruction.content())) {
            return new Decision.Decline(DeclineCode.KEY_REUSED, false);
        }
        return known.effect() != null ? new Decision.Repeat(known.effect()) : new Decision.Decline(known.code(), false);
    }

    private Decision decline(Instruction instruction, DeclineCode code) {
        return new Decision.Decline(code, tier(instruction.acquirerId()).deduplicates());
    }

    private Decision perform(Instruction instruction, String captureId, List<Posting> postings, long now) {
        long seq = effects.size() + 1L;
        return new Decision.Perform(new Effect(
                seq,
                instruction.acquirerId(),
                instruction.paymentId(),
                captureId,
                instruction.key(),
                instruction.action(),
                instruction.amount(),
                instruction.currency(),
                instruction.stan(),
                instruction.rrn(),
                "sim-" + seq,
                now,
                instruction.content(),
                postings));
    }

    private Decision reverse(Payment payment, Instruction instruction, long now) {
        Undoing undoing = payment.undoing(instruction.attempt(), instruction.captureId());
        if (!undoing.isKnown()) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        if (undoing.left() == 0) {
            return decline(instruction, DeclineCode.ALREADY_REVERSED);
        }
        if (tier(instruction.acquirerId()).refusesLateReversals() && undoing.reachesSettled(instruction.amount())) {
            return decline(instruction, DeclineCode.ALREADY_SETTLED);
        }
        if (instruction.amount() > undoing.left()) {
            return decline(instruction, DeclineCode.AMOUNT_TOO_HIGH);
        }
        return perform(instruction, instruction.captureId(), undoing.upTo(instruction.amount()), now);
    }

    private Decision refund(Payment payment, Instruction instruction, long now) {
        Undoing refunding = payment.refunding(instruction.attempt(), instruction.captureId());
        if (!refunding.isKnown()) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        if (refunding.left() == 0) {
            boolean captured = payment.captures.stream().anyMatch(c -> c.amount > 0);
            return decline(instruction, captured ? DeclineCode.ALREADY_REVERSED : DeclineCode.NOT_CAPTURED);
        }
        if (instruction.amount() > refunding.left()) {
            return decline(instruction, DeclineCode.AMOUNT_TOO_HIGH);
        }
        return perform(instruction, instruction.captureId(), refunding.upTo(instruction.amount()), now);
    }

    /** What was settled is corrected within what was captured: nothing is credited beyond it or taken below zero. */
    private Decision adjust(Payment payment, Instruction instruction, long now) {
        Capture capture = captureOrNull(payment, instruction);
        if (capture == null) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        if (capture.settled == 0) {
            return decline(instruction, DeclineCode.NOT_CAPTURED);
        }
        long corrected = Math.addExact(Math.addExact(capture.settled, capture.adjusted), instruction.amount());
        if (corrected < 0 || (instruction.amount() > 0 && corrected > capture.amount)) {
            return decline(instruction, DeclineCode.AMOUNT_TOO_HIGH);
        }
        Posting posting = new Posting(Posting.Type.ADJUST, capture.index, instruction.amount());
        return perform(instruction, instruction.captureId(), List.of(posting), now);
    }

    private Decision capture(Payment payment, Instruction instruction, long now) {
        Authorization authorization = payment.authorizationOrNull(instruction.attempt());
        if (authorization == null || !authorization.approved) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        String captureId = instruction.captureId() != null ? instruction.captureId() : payment.paymentId;
        if (tier(instruction.acquirerId()).deduplicates() && isCaptured(payment, instruction.captureId())) {
            return decline(instruction, DeclineCode.ALREADY_CAPTURED);
        }
        if (payment.status(authorization) == Authorization.Status.REVERSED) {
            return decline(instruction, DeclineCode.ALREADY_REVERSED);
        }
        // A presentment that is taken twice is the harm of the tiers that do not deduplicate: they do not look at the
        // hold.
        long most = tier(instruction.acquirerId()).deduplicates() ? authorization.held : authorization.amount;
        if (instruction.amount() > most) {
            return decline(instruction, DeclineCode.AMOUNT_TOO_HIGH);
        }
        Posting posting = new Posting(Posting.Type.CAPTURE, authorization.index, instruction.amount());
        return perform(instruction, captureId, List.of(posting), now);
    }

    private static boolean isCaptured(Payment payment, String captureId) {
        return captureId != null
                ? payment.captureOrNull(captureId, new AttemptName(null, null)) != null
                : payment.captures.stream().anyMatch(c -> c.left() > 0);
    }

    private Decision present(Payment payment, Instruction instruction, long now) {
        Capture capture = captureOrNull(payment, instruction);
        if (capture == null) {
            return decline(instruction, DeclineCode.NOT_FOUND);
        }
        if (capture.isUndone()) {
            return decline(instruction, DeclineCode.ALREADY_REVERSED);
        }
        if (tier(instruction.acquirerId()).deduplicates()) {
            if (capture.settled > 0) {
                return decline(instruction, DeclineCode.ALREADY_SETTLED);
            }
            if (capture.presentedAgain) {
                return decline(instruction, DeclineCode.ALREADY_CAPTURED);
            }
        }
        if (instruction.amount() > capture.amount - capture.reversed) {
            return decline(instruction, DeclineCode.AMOUNT_TOO_HIGH);
        }
        Posting posting = new Posting(Posting.Type.PRESENT, capture.index, instruction.amount());
        return perform(instruction, instruction.captureId(), List.of(posting), now);
    }

    private static Capture captureOrNull(Payment payment, Instruction instruction) {
        String captureId = instruction.captureId() != null ? instruction.captureId() : payment.paymentId;
        return payment.captureOrNull(captureId, instruction.attempt());
    }

    /** The captures that would be settled if that happened now, as events: what a reversal may meet. */
    public List<Event> settlingAhead(String acquirerId, String paymentId, String captureId, long now) {
        Payment payment = payments.get(new PaymentKey(acquirerId, paymentId));
        if (payment == null) {
            return List.of();
        }
        return payment.captures.stream()
                .filter(c -> captureId == null || c.captureId.equals(captureId))
                .filter(c -> c.settled == 0 && c.left() > 0)
                .map(c -> new Event(
                        Event.Type.SETTLED_AHEAD,
                        null,
                        acquirerId,
                        paymentId,
                        null,
                        null,
                        null,
                        null,
                        null,
                        c.captureId,
                        c.left(),
                        payment.currency,
                        null,
                        false,
                        null,
                        now))
                .toList();
    }
}
