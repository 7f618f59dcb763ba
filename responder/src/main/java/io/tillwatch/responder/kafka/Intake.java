package io.tillwatch.responder.kafka;

import io.tillwatch.responder.engine.Failpoint;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.Received;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.signature.CommandSignature;
import io.tillwatch.schemas.signature.SigningKey;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads both command topics into the journal, on a thread of its own. Offsets are committed when the journal has what they
 * stand for, never before; what comes again is absorbed there. What cannot be read is written down and passed over: nothing
 * in a topic stops the reading. If the journal cannot be written, the same records are read again until it can.
 */
public final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
    private static final int BATCH_MAX = 500;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final String retriesTopic;
    private final Map<String, SigningKey> keys;
    private final CommandReceipt receipt;
    private final RefusedRecords refused;
    private final IntakeEvents events;
    private final Failpoints failpoints;
    private final CommandGate gate;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Reads nothing yet.
     *
     * @param reader of whatever formats are written; used by one thread
     * @param keys by their ids; if there are none, signatures are not looked at
     */
    public Intake(
            KafkaSettings settings,
            RecordReader<Command> reader,
            Map<String, SigningKey> keys,
            CommandReceipt receipt,
            RefusedRecords refused,
            IntakeEvents events,
            Failpoints failpoints) {
        this.consumer = new KafkaConsumer<>(settings.with(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.groupId(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                BATCH_MAX,
                // Whoever writes in transactions is believed only when they are committed.
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class)));
        this.topics = CommandGate.topics().stream().map(settings::topic).toList();
        this.retriesTopic = settings.topic(Topic.RETRY_COMMANDS);
        this.gate = new CommandGate(reader);
        this.keys = Map.copyOf(keys);
        this.receipt = receipt;
        this.refused = refused;
        this.events = events;
        this.failpoints = failpoints;
        this.thread = new Thread(this::run, "intake");
    }

    public void start() {
        thread.start();
    }

    /** Stops reading when the batch under way is in the journal. */
    @Override
    public void close() {
        stopping.countDown();
        consumer.wakeup();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            consumer.subscribe(topics);
            while (isRunning()) {
                round();
            }
        } finally {
            consumer.close();
        }
    }

    private boolean isRunning() {
        return stopping.getCount() > 0;
    }

    private void round() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                take(records);
            }
        } catch (WakeupException e) {
            // Told to stop.
        } catch (RuntimeException e) {
            LOG.warn("cannot read commands: {}", e.toString());
            pause();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        failpoints.pass(Failpoint.AFTER_POLL);
        try {
            journal(records);
        } catch (RuntimeException e) {
            LOG.warn(
                    "cannot take {} commands into the journal, and read them again: {}", records.count(), e.toString());
            rewind(records);
            pause();
            return;
        }
        failpoints.pass(Failpoint.AFTER_INSERT);
        failpoints.pass(Failpoint.BEFORE_OFFSET_COMMIT);
        commit(records);
    }

    private void journal(ConsumerRecords<byte[], byte[]> records) {
        List<Received> received = new ArrayList<>(records.count());
        List<RefusedRecords.Refusal> refusals = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            CommandGate.Admitted admitted =
                    gate.admit(record.key(), record.value(), record.topic().equals(retriesTopic));
            if (admitted instanceof CommandGate.Admitted.In in) {
                received.add(Received.of(in.command(), check(in.command())));
            } else if (admitted instanceof CommandGate.Admitted.Refused no) {
                refusals.add(new RefusedRecords.Refusal(
                        record.topic(), record.partition(), record.offset(), no.code(), no.reason()));
            }
        }
        events.taken(receipt.receive(received));
        if (!refusals.isEmpty()) {
            refused.note(refusals);
            events.refused(refusals.size());
        }
    }

    private CommandSignature.Check check(Command command) {
        return keys.isEmpty() ? CommandSignature.Check.VALID : CommandSignature.check(command, keys);
    }

    private void commit(ConsumerRecords<byte[], byte[]> records) {
        try {
            consumer.commitSync();
        } catch (WakeupException e) {
            // The wake-up that stops the reading must not keep what is done from being told.
            consumer.commitSync();
        } catch (KafkaException e) {
            LOG.warn("cannot commit the offsets of {} commands, which come again: {}", records.count(), e.toString());
        }
    }

    /** So that neither the next poll nor the next commit passes over what is not in the journal. Asks nobody. */
    private void rewind(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).get(0).offset());
        }
    }

    private void pause() {
        try {
            if (stopping.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
