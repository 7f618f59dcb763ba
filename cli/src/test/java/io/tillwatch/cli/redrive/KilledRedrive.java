package io.tillwatch.cli.redrive;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends its process, as a kill would, when the broker has taken so many records of it. Given to the real command as an
 * interceptor of its clients; with consumers it does nothing.
 */
public final class KilledRedrive implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

    /** The setting that says how many. */
    static final String AFTER = "killed.after.acknowledged";

    static final int EXIT = 137;

    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    private int after = Integer.MAX_VALUE;

    @Override
    public void configure(Map<String, ?> settings) {
        after = Integer.parseInt(settings.get(AFTER).toString());
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (exception == null && ACKNOWLEDGED.incrementAndGet() == after) {
            Runtime.getRuntime().halt(EXIT);
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // nothing is committed
    }

    @Override
    public void close() {
        // nothing to close
    }
}
