package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.wire.RecordReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The policies in force when a job is started, and from where on changes are to be read.
 *
 * @param changes what each scope sets
 * @param nextOffsets the first offset after what was read, by partition
 */
record PolicySnapshot(List<PolicyChange> changes, Map<TopicPartition, Long> nextOffsets) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads the topic to its present end. Records that are refused here are refused again, and set aside, by the job. */
    static PolicySnapshot read(Properties clientSettings, String topic) {
        Properties settings = new Properties();
        settings.putAll(clientSettings);
        settings.put("isolation.level", "read_committed");
        Map<String, PolicyChange> byScope = new LinkedHashMap<>();
        RecordReader<Policy> reader = Wire.of(clientSettings).reader(RecordType.POLICY);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    PolicyInbound inbound = PolicyDeserializer.admit(record, reader);
                    if (inbound.change() != null) {
                        byScope.put(inbound.change().scope(), inbound.change());
                    }
                }
            }
            return new PolicySnapshot(new ArrayList<>(byScope.values()), ends);
        }
    }
}
