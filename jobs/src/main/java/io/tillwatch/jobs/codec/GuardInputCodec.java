package io.tillwatch.jobs.codec;

import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.rules.guard.Sound;
import java.io.IOException;

final class GuardInputCodec implements Codec<GuardInput> {

    private final CommandCodec commands = new CommandCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(GuardInput value, PackedOutput out) throws IOException {
        if (value instanceof GuardInput.Heard heard) {
            out.writeBoolean(true);
            out.writeString(heard.sound().acquirerId());
            out.writeLong(heard.sound().atMillis());
            out.writeCount(heard.sound().kinds());
        } else if (value instanceof GuardInput.Ordered ordered) {
            out.writeBoolean(false);
            commands.write(ordered.command(), out);
        }
    }

    @Override
    public GuardInput read(PackedInput in, int version) throws IOException {
        if (in.readBoolean()) {
            return new GuardInput.Heard(new Sound(in.readString(), in.readLong(), in.readCount()));
        }
        return new GuardInput.Ordered(commands.read(in, 1));
    }
}
