package io.tillwatch.traffic.feed;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.Settlement;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** How a record can be spoiled. The names are the codes of the dead letters that must come of it. */
public enum Flaw {
    /** Bytes that no known schema wrote. */
    UNREADABLE(UnaryOperator.identity(), UnaryOperator.identity(), Flaw::scrambled),
    /** More than 64 KiB. */
    TOO_LARGE(UnaryOperator.identity(), UnaryOperator.identity(), value -> Arrays.copyOf(value, 65 * 1024)),
    /** A required string that is empty. */
    BAD_FIELD(
            a -> Authorization.newBuilder(a).setMerchantId("").build(),
            s -> Settlement.newBuilder(s).setMerchantId("").build()),
    /** An amount of nothing. */
    BAD_AMOUNT(
            a -> Authorization.newBuilder(a).setAmount(0).build(),
            s -> Settlement.newBuilder(s).setAmount(0).build()),
    /** A currency that is none. */
    BAD_CURRENCY(
            a -> Authorization.newBuilder(a).setCurrency("ZZZ").build(),
            s -> Settlement.newBuilder(s).setCurrency("ZZZ").build()),
    /** A sender whose clock stands still. */
    BAD_TIME(
            a -> Authorization.newBuilder(a)
                    .setOccurredAt(a.getOccurredAt().minus(Constants.LONG_AGO))
                    .build(),
            s -> Settlement.newBuilder(s)
                    .setOccurredAt(s.getOccurredAt().minus(Constants.LONG_AGO))
                    .build()),
    /** An increment that claims to be its own capture. There is no such settlement: it is spoiled as bytes. */
    BAD_COMBINATION(
            a -> Authorization.newBuilder(a)
                    .setKind(io.tillwatch.schemas.record.AuthorizationKind.INCREMENT)
                    .setCaptureMode(CaptureMode.AUTOMATIC)
                    .build(),
            null);

    private static final class Constants {
        static final Duration LONG_AGO = Duration.ofDays(50);
    }

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that keeps nothing
    private final UnaryOperator<Authorization> authorization;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<Settlement> settlement;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<byte[]> bytes;

    Flaw(UnaryOperator<Authorization> authorization, UnaryOperator<Settlement> settlement) {
        this(authorization, settlement, UnaryOperator.identity());
    }

    Flaw(
            UnaryOperator<Authorization> authorization,
            UnaryOperator<Settlement> settlement,
            UnaryOperator<byte[]> bytes) {
        this.authorization = authorization;
        this.settlement = settlement;
        this.bytes = bytes;
    }

    /** Whether a settlement can have it. */
    public boolean ofSettlements() {
        return settlement != null;
    }

    Authorization spoil(Authorization record) {
        return authorization.apply(record);
    }

    Settlement spoil(Settlement record) {
        return settlement.apply(record);
    }

    byte[] spoil(byte[] value) {
        return bytes.apply(value);
    }

    /** The fingerprint of a schema that nobody has. */
    private static byte[] scrambled(byte[] value) {
        byte[] scrambled = value.clone();
        for (int i = 2; i < Math.min(10, scrambled.length); i++) {
            scrambled[i] ^= 0x5A;
        }
        return scrambled;
    }
}
