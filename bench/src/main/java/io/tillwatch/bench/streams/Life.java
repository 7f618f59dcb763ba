package io.tillwatch.bench.streams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What is remembered of a payment that is not settled.
 *
 * @param authorizedAtMillis 0: not yet
 * @param capturedAtMillis 0: not yet
 * @param capturedAmount minor units
 */
record Life(long authorizedAtMillis, long capturedAtMillis, long capturedAmount) {

    static final Life NEW = new Life(0, 0, 0);

    private static final int BYTES = 3 * Long.BYTES;

    static Serde<Life> serde() {
        Serializer<Life> serializer = (topic, life) -> life == null
                ? null
                : ByteBuffer.allocate(BYTES)
                        .putLong(life.authorizedAtMillis)
                        .putLong(life.capturedAtMillis)
                        .putLong(life.capturedAmount)
                        .array();
        Deserializer<Life> deserializer = (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Life(in.getLong(), in.getLong(), in.getLong());
        };
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
