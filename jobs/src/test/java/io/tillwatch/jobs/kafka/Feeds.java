package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Confidence;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.record.ReversalStatus;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.record.Suspicion;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Good records of each feed, with all optional fields, as Kafka would hand them over, and what a deserializer makes of them. */
final class Feeds {

    static final String PAYMENT = "p-1";
    static final long ARRIVED = Given.T0;
    static final int PARTITION = 3;
    static final long OFFSET = 42;

    private final FeedDeserializer deserializer;

    Feeds() {
        this(List.of());
    }

    /** @param writerSchemas of newer writers, as JSON */
    Feeds(List<String> writerSchemas) {
        Map<String, Feed> feedByTopic = new HashMap<>();
        for (Feed feed : Feed.values()) {
            feedByTopic.put("tillwatch." + feed.topic(), feed);
        }
        deserializer = new FeedDeserializer(feedByTopic, writerSchemas, RegistrySettings.of(Map.of(), List.of()));
        deserializer.open(new Opening());
    }

    static SpecificRecordBase good(Feed feed) {
        Instant at = Instant.ofEpochMilli(ARRIVED - 250);
        return switch (feed) {
            case AUTHORIZATIONS ->
                Authorization.newBuilder()
                        .setEventId("e-1")
                        .setPaymentId(PAYMENT)
                        .setOccurredAt(at)
                        .setAcquirerId("acq-1")
                        .setMerchantId("mer-1")
                        .setTerminalId("ter-1")
                        .setAmount(12_500)
                        .setCurrency("GBP")
                        .setResponseCode("00")
                        .setKind(AuthorizationKind.SALE)
                        .setStatus(AuthorizationStatus.APPROVED)
                        .setCaptureMode(CaptureMode.SEPARATE)
                        .setCardToken("tok-1")
                        .setAuthCode("A1")
                        .setStan("000017")
                        .setRrn("rrn-1")
                        .build();
            case CAPTURES ->
                Capture.newBuilder()
                        .setEventId("e-1")
                        .setPaymentId(PAYMENT)
                        .setOccurredAt(at)
                        .setAcquirerId("acq-1")
                        .setMerchantId("mer-1")
                        .setTerminalId("ter-1")
                        .setAmount(12_500)
                        .setCurrency("GBP")
                        .setResponseCode("00")
                        .setCaptureId("c-1")
                        .setStatus(CaptureStatus.ACCEPTED)
                        .setLast(true)
                        .build();
            case SETTLEMENTS ->
                Settlement.newBuilder()
                        .setEventId("e-1")
                        .setPaymentId(PAYMENT)
                        .setOccurredAt(at)
                        .setAcquirerId("acq-1")
                        .setMerchantId("mer-1")
                        .setTerminalId("ter-1")
                        .setAmount(12_500)
                        .setCurrency("GBP")
                        .setResponseCode("00")
                        .setSettlementId("s-1")
                        .setCaptureId("c-1")
                        .setStatus(SettlementStatus.SETTLED)
                        .setFee(30)
                        .setBatchId("b-1")
                        .build();
            case REVERSALS ->
                Reversal.newBuilder()
                        .setEventId("e-1")
                        .setPaymentId(PAYMENT)
                        .setOccurredAt(at)
                        .setAcquirerId("acq-1")
                        .setMerchantId("mer-1")
                        .setTerminalId("ter-1")
                        .setAmount(12_500)
                        .setCurrency("GBP")
                        .setResponseCode("00")
                        .setReversalId("x-1")
                        .setKind(ReversalKind.VOID)
                        .setStatus(ReversalStatus.DONE)
                        .setCaptureId("c-1")
                        .setCommandId("p-1:X#REVERSE")
                        .setCardToken("tok-1")
                        .setOriginalAmount(12_500L)
                        .build();
            case OUTCOMES ->
                Outcome.newBuilder()
                        .setEventId("e-1")
                        .setCommandId("p-1:X#REVERSE")
                        .setPaymentId(PAYMENT)
                        .setOccurredAt(at)
                        .setResult(OutcomeResult.DONE)
                        .setAmount(12_500)
                        .setCurrency("GBP")
                        .setCaptureId("c-1")
                        .setDetail("done at once")
                        .build();
            case SUSPICIONS ->
                Suspicion.newBuilder()
                        .setEventId("e-1")
                        .setPaymentId(PAYMENT)
                        .setOfPaymentId("p-0")
                        .setOccurredAt(at)
                        .setConfidence(Confidence.EXACT)
                        .build();
        };
    }

    /** A good record with other fields. */
    static SpecificRecordBase with(Feed feed, Map<String, ?> fields) {
        SpecificRecordBase record = good(feed);
        fields.forEach(record::put);
        return record;
    }

    @SuppressWarnings("unchecked")
    static byte[] bytes(Feed feed, SpecificRecordBase record) {
        RecordType<SpecificRecordBase> type = (RecordType<SpecificRecordBase>) FeedTypes.recordType(feed);
        return new SingleObject().writer(type).write(record);
    }

    static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the feed's deserializer makes of a record: always one thing. */
    Inbound read(Feed feed, byte[] key, byte[] value, String... headers) {
        return read(feed, ARRIVED, key, value, headers);
    }

    Inbound read(Feed feed, long arrivedAt, byte[] key, byte[] value, String... headers) {
        Headers all = new RecordHeaders();
        for (String header : headers) {
            all.add(header, new byte[0]);
        }
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "tillwatch." + feed.topic(),
                PARTITION,
                OFFSET,
                arrivedAt,
                TimestampType.LOG_APPEND_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                all,
                Optional.empty());
        List<Inbound> out = new ArrayList<>(1);
        deserializer.deserialize(record, new Collector<>() {
            @Override
            public void collect(Inbound inbound) {
                out.add(inbound);
            }

            @Override
            public void close() {
                // nothing is held
            }
        });
        if (out.size() != 1) {
            throw new AssertionError("a record of " + feed + " came to " + out);
        }
        return out.get(0);
    }

    /** How Flink opens a deserializer. */
    private static final class Opening implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(Feeds.class.getClassLoader());
        }
    }
}
