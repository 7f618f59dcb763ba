package io.tillwatch.bench.streams;

import io.tillwatch.bench.workload.Detection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** By when something must have come; as a key of a store, in the order of time. */
record Deadline(long atMillis, Detection detection, String paymentId) {

    static Serde<Deadline> serde() {
        return Serdes.serdeFrom((topic, deadline) -> deadline.bytes(), (topic, bytes) -> of(bytes));
    }

    private byte[] bytes() {
        byte[] id = paymentId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + 1 + id.length)
                .putLong(atMillis)
                .put((byte) detection.ordinal())
                .put(id)
                .array();
    }

    private static Deadline of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long at = in.getLong();
        Detection detection = Detection.values()[in.get()];
        return new Deadline(at, detection, StandardCharsets.UTF_8.decode(in).toString());
    }
}
