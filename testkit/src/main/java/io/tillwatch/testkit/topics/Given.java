package io.tillwatch.testkit.topics;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Scope;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.record.Severity;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics with a few payments whose stories are known. They were written long ago, so the topics must keep what is old. */
public final class Given implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** When all was over: a record that comes much later than what it tells of is refused. */
    private static final long WRITTEN_AT = NOON.plus(Duration.ofDays(1)).toEpochMilli();

    /** Enough that records come from more than one. */
    private static final int SPREAD = 2;

    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    public Given(String bootstrap, String prefix) {
        this.prefix = prefix;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The settings of such topics. */
    public static Map<String, String> topicSettings() {
        return Map.of("retention.ms", "-1");
    }

    /** How many partitions each topic should have, by name. */
    public static Map<String, Integer> partitions(String prefix) {
        return Arrays.stream(Topic.values())
                .collect(Collectors.toMap(
                        topic -> topic.name(prefix), topic -> topic.defaultPartitions() == 1 ? 1 : SPREAD));
    }

    /** What the worked examples are asked about. */
    public void aDayAtTheTills() {
        authorize("p-1", "a-1", "m-1", "t-1", 2_500, "GBP");
        authorize("p-1", "a-1", "m-1", "t-1", 2_500, "GBP");
        authorize("p-2", "a-1", "m-1", "t-2", 12_000, "GBP");
        authorize("p-3", "a-2", "m-2", "t-3", 4_200, "JPY");
        authorize("p-4", "a-2", "m-2", "t-3", 7_500, "KWD");
        settle("p-1", "a-1", "m-1", 2_500, 75, "GBP");
        settle("p-3", "a-2", "m-2", 4_200, 42, "JPY");
        alert(
                "p-1",
                AlertType.DUPLICATE_SETTLEMENT,
                1,
                AlertStatus.RAISED,
                Cause.ACQUIRER,
                "a-1",
                "m-1",
                "t-1",
                2_500,
                "GBP",
                0);
        alert(
                "p-2",
                AlertType.CAPTURE_OVERDUE,
                1,
                AlertStatus.RAISED,
                Cause.NETWORK,
                "a-1",
                "m-1",
                "t-2",
                12_000,
                "GBP",
                1);
        alert(
                "p-2",
                AlertType.CAPTURE_OVERDUE,
                2,
                AlertStatus.CLEARED,
                Cause.NETWORK,
                "a-1",
                "m-1",
                "t-2",
                12_000,
                "GBP",
                31);
        alert(
                "p-3",
                AlertType.CAPTURE_OVERDUE,
                1,
                AlertStatus.RAISED,
                Cause.NETWORK,
                "a-2",
                "m-2",
                "t-3",
                4_200,
                "JPY",
                2);
        alert(
                "p-4",
                AlertType.AUTHORIZATION_UNANSWERED,
                1,
                AlertStatus.RAISED,
                Cause.TERMINAL,
                "a-2",
                "m-2",
                "t-3",
                7_500,
                "KWD",
                3);
        command("p-1", AlertType.DUPLICATE_SETTLEMENT, Action.ADJUST, 2_500, "GBP", Approval.REQUIRED);
        command("p-4", AlertType.AUTHORIZATION_UNANSWERED, Action.REVERSE, 7_500, "KWD", Approval.AUTOMATIC);
        outcome("p-4", "p-4:AUTHORIZATION_UNANSWERED#REVERSE", OutcomeResult.DONE, 7_500, "KWD", 8);
        outcome("p-4", "p-4:AUTHORIZATION_UNANSWERED#REVERSE", OutcomeResult.DONE, 7_500, "KWD", 8);
        policy("merchant:m-2", 3_600_000L);
        policy("acquirer:a-2", 7_200_000L);
        send(Topic.POLICIES, "acquirer:a-2", null);
        deadLetter("p-9", "authorizations", "BAD_AMOUNT", "amount is not 1 to 1000000000000");
        pulse();
        flush();
    }

    public void authorize(
            String payment, String acquirer, String merchant, String terminal, long amount, String currency) {
        send(
                Topic.AUTHORIZATIONS,
                RecordType.AUTHORIZATION,
                payment,
                Authorization.newBuilder()
                        .setEventId(payment + "-authorized")
                        .setPaymentId(payment)
                        .setOccurredAt(NOON)
                        .setAcquirerId(acquirer)
                        .setMerchantId(merchant)
                        .setTerminalId(terminal)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setKind(AuthorizationKind.SALE)
                        .setStatus(AuthorizationStatus.APPROVED)
                        .setCaptureMode(CaptureMode.SEPARATE)
                        .setCardToken("token-" + payment)
                        .build());
    }

    public void alert(
            String payment,
            AlertType type,
            int revision,
            AlertStatus status,
            Cause cause,
            String acquirer,
            String merchant,
            String terminal,
            long amount,
            String currency,
            long minutes) {
        send(
                Topic.ALERTS,
                RecordType.ALERT,
                payment + ":" + type,
                Alert.newBuilder()
                        .setAlertId(payment + ":" + type)
                        .setRevision(revision)
                        .setStatus(status)
                        .setType(type)
                        .setSeverity(Severity.CRITICAL)
                        .setScope(Scope.PAYMENT)
                        .setPaymentId(payment)
                        .setAcquirerId(acquirer)
                        .setMerchantId(merchant)
                        .setTerminalId(terminal)
                        .setDetectedAt(NOON.plus(Duration.ofMinutes(minutes)))
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setCause(cause)
                        .setCommandId(
                                type == AlertType.AUTHORIZATION_UNANSWERED
                                        ? payment + ":" + type + "#REVERSE"
                                        : type == AlertType.DUPLICATE_SETTLEMENT
                                                ? payment + ":" + type + "#ADJUST"
                                                : null)
                        .build());
    }

    /** Returns when Kafka has all that was written. */
    public void flush() {
        producer.flush();
        sent.forEach(Given::requireDone);
        sent.clear();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void settle(String payment, String acquirer, String merchant, long amount, long fee, String currency) {
        send(
                Topic.SETTLEMENTS,
                RecordType.SETTLEMENT,
                payment,
                Settlement.newBuilder()
                        .setEventId(payment + "-settled")
                        .setPaymentId(payment)
                        .setOccurredAt(NOON.plus(Duration.ofHours(20)))
                        .setAcquirerId(acquirer)
                        .setMerchantId(merchant)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setSettlementId(payment + "-s")
                        .setCaptureId(payment + "-c")
                        .setStatus(SettlementStatus.SETTLED)
                        .setFee(fee)
                        .build());
    }

    private void command(
            String payment, AlertType type, Action action, long amount, String currency, Approval approval) {
        send(
                Topic.REVERSAL_COMMANDS,
                RecordType.COMMAND,
                payment,
                Command.newBuilder()
                        .setCommandId(payment + ":" + type + "#" + action)
                        .setIssue(1)
                        .setStatus(CommandStatus.ISSUED)
                        .setAlertId(payment + ":" + type)
                        .setPaymentId(payment)
                        .setAction(action)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .setCause(Cause.UNKNOWN)
                        .setApproval(approval)
                        .setIssuedAt(NOON)
                        .setNotBefore(NOON)
                        .setExpiresAt(NOON.plus(Duration.ofDays(1)))
                        .setOriginal(Original.newBuilder()
                                .setAcquirerId("a-1")
                                .setMerchantId("m-1")
                                .build())
                        .build());
    }

    private void outcome(
            String payment, String commandId, OutcomeResult result, long amount, String currency, long minutes) {
        send(
                Topic.OUTCOMES,
                RecordType.OUTCOME,
                payment,
                Outcome.newBuilder()
                        .setEventId(commandId + "-outcome")
                        .setCommandId(commandId)
                        .setPaymentId(payment)
                        .setOccurredAt(NOON.plus(Duration.ofMinutes(minutes)))
                        .setResult(result)
                        .setAmount(amount)
                        .setCurrency(currency)
                        .build());
    }

    private void policy(String scope, long captureWithinMillis) {
        send(
                Topic.POLICIES,
                RecordType.POLICY,
                scope,
                Policy.newBuilder()
                        .setScope(scope)
                        .setCaptureWithin(captureWithinMillis)
                        .build());
    }

    private void deadLetter(String key, String feed, String error, String reason) {
        ProducerRecord<byte[], byte[]> letter = record(Topic.DEAD_LETTERS, key, utf8("garbage"));
        Map.of(
                        "feed",
                        feed,
                        "partition",
                        "0",
                        "offset",
                        "99",
                        "timestamp",
                        "1772452800000",
                        "error",
                        error,
                        "reason",
                        reason)
                .forEach((name, value) -> letter.headers().add(name, utf8(value)));
        write(letter);
    }

    private void pulse() {
        write(new ProducerRecord<>(
                Topic.AUTHORIZATIONS.name(prefix), 0, (Long) WRITTEN_AT, (byte[]) null, (byte[]) null));
    }

    private <T extends SpecificRecordBase> void send(Topic topic, RecordType<T> type, String key, T record) {
        send(topic, key, new SingleObject().writer(type).write(record));
    }

    private void send(Topic topic, String key, byte[] valueOrNull) {
        write(record(topic, key, valueOrNull));
    }

    private void write(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    private static void requireDone(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("cannot write to Kafka", e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] valueOrNull) {
        return new ProducerRecord<>(topic.name(prefix), null, WRITTEN_AT, utf8(key), valueOrNull);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
