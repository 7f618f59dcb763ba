package io.tillwatch.testkit;

import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policies;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Watches payments as a job does: it keeps each payment for as long as something is known of it, wakes it when it asked
 * for it and the clock has got there, and writes down what is told.
 */
public final class Watch {

    private final Lifecycle lifecycle;
    private final Map<String, Payment> payments = new HashMap<>();
    private final Map<String, Transcript> transcripts = new LinkedHashMap<>();
    private final PriorityQueue<WakeUp> wakeUps = new PriorityQueue<>();

    private record WakeUp(long atMillis, String paymentId) implements Comparable<WakeUp> {
        @Override
        public int compareTo(WakeUp other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }

    /** @param earlyWithinMillis how far ahead of the clock alerts are told; 0 for never */
    public Watch(Policies policies, long earlyWithinMillis) {
        this.lifecycle = new Lifecycle(ResponseCodes.DEFAULT, policies, earlyWithinMillis);
    }

    /** Reads all of it. */
    public Watch readAll(List<ReadingOrder.Read> reads) {
        for (ReadingOrder.Read read : reads) {
            read(read.event(), read.clockMillis());
        }
        return this;
    }

    /** Reads one event at a clock, after all wake-ups up to the clock. */
    public void read(PaymentEvent event, long clockMillis) {
        advanceTo(clockMillis);
        String paymentId = event.paymentId();
        Payment payment = payments.computeIfAbsent(paymentId, Payment::new);
        long asked = payment.wakeAtMillis();
        lifecycle.receive(payment, event, clockMillis, transcript(paymentId));
        if (payment.wakeAtMillis() < asked) {
            wakeUps.add(new WakeUp(payment.wakeAtMillis(), paymentId));
        }
        keep(payment);
    }

    /** Lets the clock get there. */
    public Watch advanceTo(long clockMillis) {
        while (!wakeUps.isEmpty() && wakeUps.peek().atMillis() <= clockMillis) {
            String paymentId = wakeUps.remove().paymentId();
            Payment payment = payments.get(paymentId);
            if (payment != null) {
                lifecycle.advance(payment, clockMillis, transcript(paymentId));
                if (payment.wakeAtMillis() != Payment.NEVER) {
                    wakeUps.add(new WakeUp(payment.wakeAtMillis(), paymentId));
                }
                keep(payment);
            }
        }
        return this;
    }

    private void keep(Payment payment) {
        if (payment.blank()) {
            payments.remove(payment.paymentId());
        }
    }

    /** What was told of a payment, so far. */
    public Transcript transcript(String paymentId) {
        return transcripts.computeIfAbsent(paymentId, p -> new Transcript());
    }

    /** What was told, by payment. */
    public Map<String, Transcript> transcripts() {
        return transcripts;
    }

    /** The payments of which something is known. */
    public Collection<Payment> payments() {
        return payments.values();
    }

    /** How many wake-ups were asked for and did not come yet. */
    public int wakeUpsLeft() {
        return wakeUps.size();
    }
}
