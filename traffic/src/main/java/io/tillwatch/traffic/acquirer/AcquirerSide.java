package io.tillwatch.traffic.acquirer;

import java.time.Instant;
import java.util.List;

/** The acquirer's side of the traffic. */
public interface AcquirerSide {

    /** An event and when it happened. */
    record Told(AcquirerEvent event, Instant at) {}

    /**
     * Tells what happened; returns when the acquirer knows.
     *
     * @throws AcquirerUnreachableException if it cannot be told
     */
    void tell(List<Told> events);

    /**
     * What instructions did, in order.
     *
     * @param after the number of the last effect that is known, 0 if none
     * @throws AcquirerUnreachableException if it cannot be asked
     */
    List<Effect> effectsAfter(long after);

    /** Nobody is told, and nothing is ever done. */
    static AcquirerSide nobody() {
        return new AcquirerSide() {
            @Override
            public void tell(List<Told> events) {
                // nobody listens
            }

            @Override
            public List<Effect> effectsAfter(long after) {
                return List.of();
            }
        };
    }
}
