package io.tillwatch.cli.redrive;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.LetterEnd;
import io.tillwatch.schemas.record.Redriven;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to feeds and the marks that they were sent, both or neither: in transactions. There is one at a time for a
 * prefix of topics; who begins later ends what an earlier one left open, killed or not, and the earlier can write no more.
 * So marks that are read after the beginning are all that there will be.
 */
final class Sender implements AutoCloseable {

    /** A transaction holds back who reads the feed behind it, and with them the detector's clock; so it is short. */
    static final int RECORDS_A_TRANSACTION = 100;

    /** After a kill, for so long at most, and until the broker looks (ten seconds by default). */
    private static final String TRANSACTION_MILLIS_MAX = "10000";

    /** Who waits at a terminal is told sooner than by Kafka's minute. */
    private static final String BLOCKS_MILLIS_MAX = "15000";

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordWriter<Redriven> marks = new SingleObject().writer(RecordType.REDRIVEN);
    private final String prefix;
    private final String account;
    private final Clock clock;
    private int done;

    private Sender(KafkaProducer<byte[], byte[]> producer, String prefix, String account, Clock clock) {
        this.producer = producer;
        this.prefix = prefix;
        this.account = account;
        this.clock = clock;
    }

    /**
     * Begins, and ends what another one had begun.
     *
     * @param client settings of a Kafka client
     * @param account of whoever does it, as marks name it
     */
    static Sender begin(Map<String, Object> client, String prefix, String account, Clock clock) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("transactional.id", transactionalId(prefix));
        settings.put("transaction.timeout.ms", TRANSACTION_MILLIS_MAX);
        settings.putIfAbsent("max.block.ms", BLOCKS_MILLIS_MAX);
        settings.putIfAbsent("client.id", "tillwatch-redrive");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(CLOSES_WITHIN);
            throw e;
        }
        return new Sender(producer, prefix, account, clock);
    }

    /** By which Kafka knows that it is the same as before; whoever may redrive must be allowed to use it. */
    static String transactionalId(String prefix) {
        return prefix + "redrive";
    }

    /** Another one began meanwhile; what was written until then stays. */
    static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException(KafkaException cause) {
            super("another redrive began meanwhile, or this one slept for longer than a transaction may last", cause);
        }
    }

    /** How many letters were done with so far. */
    int done() {
        return done;
    }

    /**
     * Sends records back.
     *
     * @param before the marks as they were read after the beginning
     * @throws OvertakenException if another one began
     */
    void send(List<Parcel> parcels, Marks before) {
        for (int from = 0; from < parcels.size(); from += RECORDS_A_TRANSACTION) {
            List<Parcel> some = parcels.subList(from, Math.min(parcels.size(), from + RECORDS_A_TRANSACTION));
            transaction(
                    some.size(),
                    () -> some.forEach(parcel -> {
                        write(record(parcel));
                        write(mark(parcel, before.times(parcel.id()) + 1));
                    }));
        }
    }

    /** Lays letters aside: a mark, and nothing to a feed. */
    void layAside(List<LetterId> ids, String note, Marks before) {
        for (int from = 0; from < ids.size(); from += RECORDS_A_TRANSACTION) {
            List<LetterId> some = ids.subList(from, Math.min(ids.size(), from + RECORDS_A_TRANSACTION));
            transaction(
                    some.size(),
                    () -> some.forEach(id -> write(record(mark(id, LetterEnd.LAID_ASIDE)
                            .setTimes(before.times(id))
                            .setMended(false)
                            .setNote(note)
                            .build()))));
        }
    }

    private void transaction(int letters, Runnable writes) {
        try {
            producer.beginTransaction();
            writes.run();
            producer.commitTransaction();
            done += letters;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new OvertakenException(e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof ProducerFencedException
                    || e.getCause() instanceof InvalidProducerEpochException) {
                throw new OvertakenException(e);
            }
            abort();
            throw e;
        }
    }

    /** Spares those who wait behind it the time until Kafka would do it. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // What is told is why it came to this.
        }
    }

    private void write(ProducerRecord<byte[], byte[]> record) {
        // That it failed is told by the commit.
        var unused = producer.send(record);
    }

    private ProducerRecord<byte[], byte[]> record(Parcel parcel) {
        Topic topic = FeedTypes.topic(parcel.feed());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic.name(prefix), null, parcel.key(), parcel.value());
        record.headers().add("redriven", utf8(parcel.id().text()));
        return record;
    }

    private ProducerRecord<byte[], byte[]> mark(Parcel parcel, int times) {
        return record(mark(parcel.id(), LetterEnd.SENT_BACK)
                .setTimes(times)
                .setMended(parcel.mended())
                .setPaymentId(parcel.paymentId())
                .setEventId(parcel.eventId())
                .build());
    }

    private ProducerRecord<byte[], byte[]> record(Redriven mark) {
        return new ProducerRecord<>(Topic.REDRIVEN.name(prefix), utf8(mark.getLetterId()), marks.write(mark));
    }

    private Redriven.Builder mark(LetterId id, LetterEnd what) {
        return Redriven.newBuilder()
                .setLetterId(id.text())
                .setFeed(id.feed())
                .setFeedPartition(id.partition())
                .setFeedOffset(id.offset())
                .setArrivedAt(Instant.ofEpochMilli(id.arrivedAtMillis()))
                .setWhat(what)
                .setDoneAt(Instant.ofEpochMilli(clock.millis()))
                .setDoneBy(account);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSES_WITHIN);
    }
}
