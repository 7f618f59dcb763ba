package io.tillwatch.jobs.codec;

import io.tillwatch.rules.fact.Suspicion;
import java.io.IOException;

final class SuspicionCodec implements Codec<Suspicion> {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Suspicion value, PackedOutput out) throws IOException {
        FactCodecs.writeSuspicion(value, out);
    }

    @Override
    public Suspicion read(PackedInput in, int version) throws IOException {
        return FactCodecs.readSuspicion(in);
    }
}
