package io.tillwatch.rules.life;

import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import java.util.List;

/** Reads the events of a life in some order, with the clock that a reader of the feeds would have. */
public final class Reading {

    private final Payment payment = new Payment(Steps.PAYMENT);
    private final Told told = new Told();
    private final Lifecycle lifecycle;

    public Reading(Life life, long earlyWithinMillis) {
        this.lifecycle = new Lifecycle(ResponseCodes.DEFAULT, life.policies(), earlyWithinMillis);
    }

    /** Reads all events in this order: the clock never passes what is still to be read. */
    public Reading readAll(List<? extends PaymentEvent> order) {
        for (int i = 0; i < order.size(); i++) {
            long clock = order.subList(i, order.size()).stream()
                            .mapToLong(PaymentEvent::arrivedAtMillis)
                            .min()
                            .orElseThrow()
                    - 1;
            wakeUpTo(clock);
            lifecycle.receive(payment, order.get(i), clock, told);
        }
        return this;
    }

    /** Reads one event at a clock. */
    public Reading read(PaymentEvent event, long clock) {
        wakeUpTo(clock);
        lifecycle.receive(payment, event, clock, told);
        return this;
    }

    /** Lets the clock get there, waking the payment whenever it asked for it. */
    public Reading wakeUpTo(long clock) {
        while (payment.wakeAtMillis() <= clock) {
            lifecycle.advance(payment, payment.wakeAtMillis(), told);
        }
        return this;
    }

    /** Lets the clock get there and says what was told. */
    public Told finish(long clock) {
        wakeUpTo(clock);
        return told;
    }

    public Payment payment() {
        return payment;
    }

    public Told told() {
        return told;
    }
}
