package io.tillwatch.jobs.codec;

import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.fact.Suspicion;
import java.io.IOException;

/** The memory of purchases that are alike, as it stands in state. */
public final class LookalikesCodec implements Codec<Lookalikes> {

    private static final Suspicion.Confidence[] CONFIDENCES = Suspicion.Confidence.values();

    private final SignCodec signs = new SignCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Lookalikes value, PackedOutput out) throws IOException {
        FactCodecs.writeList(value.signs(), out, signs::write);
        FactCodecs.writeList(value.held(), out, LookalikesCodec::writeHeld);
        out.writeLong(value.judgedAtMillis());
    }

    @Override
    public Lookalikes read(PackedInput in, int version) throws IOException {
        return new Lookalikes(
                FactCodecs.readList(in, i -> signs.read(i, 1)),
                FactCodecs.readList(
                        in, i -> new Lookalikes.Held(i.readString(), i.readString(), i.readEnum(CONFIDENCES))),
                in.readLong());
    }

    private static void writeHeld(Lookalikes.Held held, PackedOutput out) throws IOException {
        out.writeString(held.paymentId());
        out.writeString(held.ofPaymentId());
        out.writeEnum(held.confidence());
    }
}
