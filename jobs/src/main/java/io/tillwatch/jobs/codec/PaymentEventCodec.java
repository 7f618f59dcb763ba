package io.tillwatch.jobs.codec;

import io.tillwatch.rules.fact.PaymentEvent;
import java.io.IOException;

final class PaymentEventCodec implements Codec<PaymentEvent> {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(PaymentEvent value, PackedOutput out) throws IOException {
        FactCodecs.writeEvent(value, out);
    }

    @Override
    public PaymentEvent read(PackedInput in, int version) throws IOException {
        return FactCodecs.readEvent(in);
    }
}
