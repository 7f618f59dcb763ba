package io.tillwatch.traffic.run;

import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.truth.ScopedTruth;

/** Told what the traffic does. From several threads. */
public interface TrafficListener {

    /** A payment's life begins. */
    void began(Life life);

    /** Something is about to befall an acquirer as a whole. */
    void befalls(ScopedTruth truth);

    /** A record was appended, by the broker's clock. */
    void appended(Letter letter, long atMillis);

    /** A record was refused by Kafka. */
    void failed(Letter letter, Exception why);

    /** A step of a life came later than it should have, after the one before. */
    void late(String paymentId, long byMillis);
}
