package io.tillwatch.jobs.codec;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.rules.admission.Refusal;
import java.io.IOException;

final class DeadLetterCodec implements Codec<DeadLetter> {

    private static final Refusal.Code[] CODES = Refusal.Code.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(DeadLetter value, PackedOutput out) throws IOException {
        out.writeString(value.feed());
        out.writeLong(value.partition());
        out.writeLong(value.offset());
        out.writeLong(value.timestampMillis());
        out.writeEnum(value.refusal().code());
        out.writeString(value.refusal().reason());
        out.writeBytes(value.key());
        out.writeBytes(value.value());
    }

    @Override
    public DeadLetter read(PackedInput in, int version) throws IOException {
        return new DeadLetter(
                in.readString(),
                (int) in.readLong(),
                in.readLong(),
                in.readLong(),
                new Refusal(in.readEnum(CODES), in.readString()),
                in.readBytes(),
                in.readBytes());
    }
}
