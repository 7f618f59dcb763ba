package io.tillwatch.jobs.codec;

import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.fact.Suspicion;
import java.io.IOException;

/** The memory of purchases that are alike, as it stands in state. It begins with the time at which they are woken. */
public final class LookalikesCodec implements Codec<LookalikesCodec.Asleep> {

    private static final Suspicion.Confidence[] CONFIDENCES = Suspicion.Confidence.values();

    private final SignCodec signs = new SignCodec();

    /**
     * Purchases that wait.
     *
     * @param wakeAtMillis when they must be looked at next; of version 1, which did not say so, {@link Lookalikes#NEVER}
     */
    public record Asleep(long wakeAtMillis, Lookalikes lookalikes) {}

    /** Whether it can be said when those with this state must be looked at next, without reading on. */
    public static boolean saysWhen(byte[] state) {
        return state[0] > 1;
    }

    /** When those with this state must be looked at next. */
    public static long wakeAtMillis(byte[] state) {
        return Packed.firstLong(state);
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Asleep asleep, PackedOutput out) throws IOException {
        Lookalikes value = asleep.lookalikes();
        out.writeFixedLong(asleep.wakeAtMillis());
        FactCodecs.writeList(value.signs(), out, signs::write);
        FactCodecs.writeList(value.held(), out, LookalikesCodec::writeHeld);
        out.writeLong(value.judgedAtMillis());
    }

    @Override
    public Asleep read(PackedInput in, int version) throws IOException {
        long wakeAt = version == 1 ? Lookalikes.NEVER : in.readFixedLong();
        return new Asleep(wakeAt, readLookalikes(in));
    }

    private Lookalikes readLookalikes(PackedInput in) throws IOException {
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
