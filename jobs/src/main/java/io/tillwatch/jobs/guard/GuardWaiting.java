package io.tillwatch.jobs.guard;

import io.tillwatch.jobs.codec.Codec;
import io.tillwatch.jobs.codec.PackedInput;
import io.tillwatch.jobs.codec.PackedOutput;
import java.io.IOException;

/**
 * How much more than sounds waits for one moment of the clock. The commands themselves stand one by one in state, since a
 * great many can be made in one moment.
 *
 * @param kinds what was heard in it, in states from before there were {@linkplain GuardMinute minutes}
 * @param commands how many commands were made in it
 * @param expired of how many held commands the decision need not be remembered any longer
 */
record GuardWaiting(int kinds, int commands, int expired) {

    static final GuardWaiting NOTHING = new GuardWaiting(0, 0, 0);

    GuardWaiting order() {
        return new GuardWaiting(kinds, commands + 1, expired);
    }

    GuardWaiting expire() {
        return new GuardWaiting(kinds, commands, expired + 1);
    }

    /** How it stands in state. */
    static final class WaitingCodec implements Codec<GuardWaiting> {

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(GuardWaiting value, PackedOutput out) throws IOException {
            out.writeCount(value.kinds());
            out.writeCount(value.commands());
            out.writeCount(value.expired());
        }

        @Override
        public GuardWaiting read(PackedInput in, int version) throws IOException {
            return new GuardWaiting(in.readCount(), in.readCount(), in.readCount());
        }
    }
}
