package io.tillwatch.jobs.codec;

import io.tillwatch.jobs.policy.PolicyInbound;
import java.io.IOException;

final class PolicyInboundCodec implements Codec<PolicyInbound> {

    private final PolicyChangeCodec changes = new PolicyChangeCodec();
    private final DeadLetterCodec deadLetters = new DeadLetterCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(PolicyInbound value, PackedOutput out) throws IOException {
        out.writeBoolean(value.change() != null);
        if (value.change() != null) {
            changes.write(value.change(), out);
        } else {
            deadLetters.write(value.deadLetter(), out);
        }
    }

    @Override
    public PolicyInbound read(PackedInput in, int version) throws IOException {
        return in.readBoolean()
                ? new PolicyInbound(changes.read(in, 1), null)
                : new PolicyInbound(null, deadLetters.read(in, 1));
    }
}
