package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.kafka.FeedReader;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;

/** Records and what the jobs' own gate makes of them when it refuses. */
final class Refused {

    static final long NOW = 1_772_452_800_000L;

    private Refused() {}

    static Settlement.Builder settlement(String paymentId) {
        return settlement(paymentId, Instant.ofEpochMilli(NOW - 1_000));
    }

    static Settlement.Builder settlement(String paymentId, Instant occurredAt) {
        return Settlement.newBuilder()
                .setEventId(paymentId + "-s")
                .setPaymentId(paymentId)
                .setOccurredAt(occurredAt)
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setAmount(1250)
                .setCurrency("GBP")
                .setSettlementId(paymentId + "-s1")
                .setCaptureId(paymentId)
                .setStatus(SettlementStatus.SETTLED);
    }

    static Authorization.Builder sale(String paymentId, Instant occurredAt) {
        return Authorization.newBuilder()
                .setEventId(paymentId + "-a")
                .setPaymentId(paymentId)
                .setOccurredAt(occurredAt)
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setAmount(1250)
                .setCurrency("GBP")
                .setKind(AuthorizationKind.SALE)
                .setStatus(AuthorizationStatus.APPROVED)
                .setCaptureMode(CaptureMode.AUTOMATIC)
                .setCardToken("tok-" + paymentId);
    }

    static byte[] bytes(Settlement record) {
        return new SingleObject().writer(RecordType.SETTLEMENT).write(record);
    }

    static byte[] bytes(Authorization record) {
        return new SingleObject().writer(RecordType.AUTHORIZATION).write(record);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A settlement under its payment's key. */
    static Letter letter(Settlement record) {
        return letter(Feed.SETTLEMENTS, 7, utf8(record.getPaymentId()), bytes(record));
    }

    /** The letter of a record that arrived at {@link #NOW}; it must be one that is refused. */
    static Letter letter(Feed feed, long offset, byte[] key, byte[] value) {
        DeadLetter refused = refused(feed, 0, offset, NOW, key, value);
        return new Letter(
                new LetterId(refused.feed(), refused.partition(), refused.offset(), refused.timestampMillis()),
                refused.refusal().code().name(),
                refused.refusal().reason(),
                refused.key(),
                refused.value());
    }

    static DeadLetter refused(Feed feed, int partition, long offset, long arrivedAtMillis, byte[] key, byte[] value) {
        DeadLetter refused = new FeedReader(feed, Wire.withoutRegistry().reader(FeedTypes.recordType(feed)))
                .read(partition, offset, arrivedAtMillis, key, value)
                .deadLetter();
        assertThat(refused).as("is refused").isNotNull();
        return refused;
    }

    static SpecificRecordBase decoded(Feed feed, byte[] value) {
        return ((io.tillwatch.schemas.Decoded.Value<? extends SpecificRecordBase>)
                        io.tillwatch.schemas.wire.RecordReader.ofAny(
                                        java.util.List.of(new SingleObject()), FeedTypes.recordType(feed))
                                .read(value))
                .value();
    }
}
