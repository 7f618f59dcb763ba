package io.tillwatch.jobs.codec;

import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Authorization;
import java.io.IOException;

final class SignCodec implements Codec<Sign> {

    private static final Sign.Kind[] KINDS = Sign.Kind.values();
    private static final Authorization.Kind[] AUTHORIZATION_KINDS = Authorization.Kind.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Sign value, PackedOutput out) throws IOException {
        out.writeEnum(value.kind());
        out.writeString(value.key().cardToken());
        out.writeString(value.key().merchantId());
        out.writeLong(value.key().amount());
        out.writeString(value.key().currency());
        out.writeString(value.eventId());
        out.writeString(value.paymentId());
        out.writeString(value.acquirerId());
        out.writeLong(value.occurredAtMillis());
        out.writeLong(value.arrivedAtMillis() - value.occurredAtMillis());
        out.writeEnum(value.authorizationKind());
        out.writeString(value.terminalId());
        out.writeString(value.stan());
        out.writeString(value.rrn());
    }

    @Override
    public Sign read(PackedInput in, int version) throws IOException {
        Sign.Kind kind = in.readEnum(KINDS);
        LookalikeKey key = new LookalikeKey(in.readString(), in.readString(), in.readLong(), in.readString());
        String eventId = in.readString();
        String paymentId = in.readString();
        String acquirerId = in.readString();
        long occurredAt = in.readLong();
        return new Sign(
                kind,
                key,
                eventId,
                paymentId,
                acquirerId,
                occurredAt,
                occurredAt + in.readLong(),
                in.readEnum(AUTHORIZATION_KINDS),
                in.readString(),
                in.readString(),
                in.readString());
    }
}
