package io.tillwatch.cli.chaos;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all that stands in a topic now. */
final class Topics {

    private Topics() {}

    /**
     * A record as it was read.
     *
     * @param contentHash of its bytes: equal ones have equal content
     */
    record Told<T>(T record, int contentHash) {}

    /** @throws IllegalStateException if something in it is no record of that type */
    static <T extends SpecificRecordBase> List<Told<T>> all(String bootstrapServers, Topic topic, RecordType<T> type) {
        RecordReader<T> reader = RecordReader.ofAny(List.of(new SingleObject()), type);
        List<Told<T>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(bootstrapServers, topic.name(Topic.DEFAULT_PREFIX))) {
            if (record.value() == null) {
                continue;
            }
            if (reader.read(record.value()) instanceof Decoded.Value<T> value) {
                records.add(new Told<>(value.value(), Arrays.hashCode(record.value())));
            } else {
                throw new IllegalStateException(topic + " holds something that is no record of its type, at partition "
                        + record.partition() + ", offset " + record.offset());
            }
        }
        return records;
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String name) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(p -> new TopicPartition(name, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
