package io.tillwatch.jobs.codec;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.rules.fact.PaymentEvent;
import java.io.IOException;

final class InboundCodec implements Codec<Inbound> {

    private final DeadLetterCodec deadLetters = new DeadLetterCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Inbound value, PackedOutput out) throws IOException {
        out.writeLong(value.arrivedAtMillis());
        out.writeBoolean(value.event() != null);
        if (value.event() != null) {
            FactCodecs.writeEvent(value.event(), out);
        }
        out.writeBoolean(value.deadLetter() != null);
        if (value.deadLetter() != null) {
            deadLetters.write(value.deadLetter(), out);
        }
    }

    @Override
    public Inbound read(PackedInput in, int version) throws IOException {
        long arrivedAt = in.readLong();
        PaymentEvent event = in.readBoolean() ? FactCodecs.readEvent(in) : null;
        DeadLetter deadLetter = in.readBoolean() ? deadLetters.read(in, 1) : null;
        return new Inbound(arrivedAt, event, deadLetter);
    }
}
