package io.tillwatch.console.projection;

import io.tillwatch.console.projection.Batch.FeedRow;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Puts what a topic holds where it goes. What cannot be read is counted and passed over: the detector makes a dead letter of it,
 * and that is shown. Card tokens are left behind here. For one thread.
 */
final class RecordSorter {

    /** Headers of a policy's record, written by the console: who changed it, and why. */
    static final String PERSON = "person";

    static final String REASON = "reason";

    private static final int TEXT_MAX = 1_024;

    private final RecordReader<Authorization> authorizations;
    private final RecordReader<Capture> captures;
    private final RecordReader<Settlement> settlements;
    private final RecordReader<Reversal> reversals;
    private final RecordReader<Outcome> outcomes;
    private final RecordReader<Alert> alerts;
    private final RecordReader<Command> commands;
    private final RecordReader<Policy> policies;
    private final JsonLines<Policy> policyLines = JsonLines.of(RecordType.POLICY);

    RecordSorter(Wire wire) {
        this.authorizations = wire.reader(RecordType.AUTHORIZATION);
        this.captures = wire.reader(RecordType.CAPTURE);
        this.settlements = wire.reader(RecordType.SETTLEMENT);
        this.reversals = wire.reader(RecordType.REVERSAL);
        this.outcomes = wire.reader(RecordType.OUTCOME);
        this.alerts = wire.reader(RecordType.ALERT);
        this.commands = wire.reader(RecordType.COMMAND);
        this.policies = wire.reader(RecordType.POLICY);
    }

    void sort(Topic topic, ConsumerRecord<byte[], byte[]> record, Batch into) {
        Batch.Progress progress = into.at(new Spot(topic.baseName(), record.partition()));
        Instant at = Instant.ofEpochMilli(record.timestamp());
        progress.nextOffset = record.offset() + 1;
        if (at.isAfter(progress.clockAt)) {
            progress.clockAt = at;
        }
        if (record.value() == null && topic != Topic.POLICIES && topic != Topic.DEAD_LETTERS) {
            return; // A pulse, or the end of an alert that compaction forgets.
        }
        progress.recordAt = at;
        switch (topic) {
            case AUTHORIZATIONS -> read(authorizations, record, progress, one -> into.feedRows.add(row(one, at)));
            case CAPTURES -> read(captures, record, progress, one -> into.feedRows.add(row(one, at)));
            case SETTLEMENTS -> read(settlements, record, progress, one -> into.feedRows.add(row(one, at)));
            case REVERSALS -> read(reversals, record, progress, one -> into.feedRows.add(row(one, at)));
            case OUTCOMES -> read(outcomes, record, progress, into.outcomes::add);
            case ALERTS -> read(alerts, record, progress, into.alerts::add);
            case REVERSAL_COMMANDS, RETRY_COMMANDS -> read(commands, record, progress, into.commands::add);
            case POLICIES -> policy(record, at, progress, into);
            case DEAD_LETTERS ->
                into.deadLetters.add(
                        new Batch.DeadLetter(header(record, "feed", "?"), header(record, "error", "?"), at));
            case SUSPICIONS, REDRIVEN -> {
                // What follows from one is in the alerts, or in a feed.
            }
        }
    }

    private static <T extends SpecificRecordBase> void read(
            RecordReader<T> reader, ConsumerRecord<byte[], byte[]> record, Batch.Progress progress, Consumer<T> to) {
        if (reader.read(record.value()) instanceof Decoded.Value<T> value) {
            to.accept(value.value());
        } else {
            progress.unreadable++;
        }
    }

    private void policy(ConsumerRecord<byte[], byte[]> record, Instant at, Batch.Progress progress, Batch into) {
        if (record.key() == null) {
            progress.unreadable++;
            return;
        }
        String scope = new String(record.key(), StandardCharsets.UTF_8);
        String content = null;
        if (record.value() != null) {
            if (!(policies.read(record.value()) instanceof Decoded.Value<Policy> value)) {
                progress.unreadable++;
                return;
            }
            content = policyLines.writeString(value.value());
        }
        into.policies.add(new Batch.PolicyChange(
                record.partition(),
                record.offset(),
                scope,
                at,
                header(record, PERSON, null),
                header(record, REASON, null),
                content));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name, String otherwise) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return otherwise;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8).replace("\0", "");
        return text.substring(0, Math.min(text.length(), TEXT_MAX));
    }

    private static FeedRow row(Authorization one, Instant at) {
        return new FeedRow(
                one.getPaymentId(),
                Topic.AUTHORIZATIONS.baseName(),
                one.getEventId(),
                one.getOccurredAt(),
                at,
                one.getAcquirerId(),
                one.getMerchantId(),
                one.getTerminalId(),
                one.getKind().name(),
                one.getStatus().name(),
                one.getAmount(),
                one.getCurrency(),
                one.getResponseCode(),
                one.getRrn(),
                null);
    }

    private static FeedRow row(Capture one, Instant at) {
        return new FeedRow(
                one.getPaymentId(),
                Topic.CAPTURES.baseName(),
                one.getEventId(),
                one.getOccurredAt(),
                at,
                one.getAcquirerId(),
                one.getMerchantId(),
                one.getTerminalId(),
                null,
                one.getStatus().name(),
                one.getAmount(),
                one.getCurrency(),
                one.getResponseCode(),
                one.getCaptureId(),
                one.getCaptureId());
    }

    private static FeedRow row(Settlement one, Instant at) {
        return new FeedRow(
                one.getPaymentId(),
                Topic.SETTLEMENTS.baseName(),
                one.getEventId(),
                one.getOccurredAt(),
                at,
                one.getAcquirerId(),
                one.getMerchantId(),
                one.getTerminalId(),
                null,
                one.getStatus().name(),
                one.getAmount(),
                one.getCurrency(),
                one.getResponseCode(),
                one.getSettlementId(),
                one.getCaptureId());
    }

    private static FeedRow row(Reversal one, Instant at) {
        return new FeedRow(
                one.getPaymentId(),
                Topic.REVERSALS.baseName(),
                one.getEventId(),
                one.getOccurredAt(),
                at,
                one.getAcquirerId(),
                one.getMerchantId(),
                one.getTerminalId(),
                one.getKind().name(),
                one.getStatus().name(),
                one.getAmount(),
                one.getCurrency(),
                one.getResponseCode(),
                one.getReversalId(),
                one.getCaptureId());
    }
}
