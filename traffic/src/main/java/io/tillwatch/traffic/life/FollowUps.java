package io.tillwatch.traffic.life;

import io.tillwatch.traffic.acquirer.Effect;
import io.tillwatch.traffic.truth.Truth;
import java.util.Optional;

/**
 * What the feeds tell of an instruction's effect: the acquirer's side of the loop. What was given back is told by whoever
 * gave the instruction.
 */
public final class FollowUps {

    private static final long CAPTURE_TOLD_AFTER_MILLIS = 200;
    private static final long SETTLED_AFTER_MILLIS = 1_000;

    private FollowUps() {}

    /** How a payment's life goes on after an effect, if it does. */
    public static Optional<Life> after(Effect effect, Purchase purchase) {
        LifeWriter w = new LifeWriter(purchase, purchase.paymentId() + "-f" + effect.seq() + "-", 0);
        String captureId = effect.captureId() == null ? w.captureId(1) : effect.captureId();
        switch (effect.action()) {
            case RETRY_CAPTURE ->
                w.after(CAPTURE_TOLD_AFTER_MILLIS)
                        .capture(captureId, effect.amount(), true)
                        .unknownToTheAcquirer()
                        .after(SETTLED_AFTER_MILLIS)
                        .settle(captureId, effect.amount());
            case RETRY_SETTLEMENT -> w.after(SETTLED_AFTER_MILLIS).settle(captureId, effect.amount());
            case REVERSE, REFUND, ADJUST -> {
                return Optional.empty();
            }
        }
        return Optional.of(w.life(Truth.sound(purchase.paymentId())));
    }
}
