package io.tillwatch.bench.contender;

import io.tillwatch.bench.workload.BenchTopics;
import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Finding;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a contender wrote. */
public final class Results {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Set<String> DETECTIONS =
            Arrays.stream(Detection.values()).map(Detection::name).collect(Collectors.toSet());

    private Results() {}

    /** What a peer wrote as text. */
    public static Contender.Found found(String bootstrapServers) {
        Set<Finding> findings = new HashSet<>();
        read(
                bootstrapServers,
                BenchTopics.FOUND,
                record -> findings.add(Finding.parse(new String(record.value(), StandardCharsets.UTF_8))));
        return new Contender.Found(findings, 0);
    }

    /** What Tillwatch has raised, even if it has cleared it since. */
    public static Contender.Found alerts(String bootstrapServers) {
        RecordReader<Alert> reader = RecordReader.ofAny(List.of(new SingleObject()), RecordType.ALERT);
        Set<Finding> findings = new HashSet<>();
        Set<String> others = new HashSet<>();
        read(bootstrapServers, BenchTopics.name(Topic.ALERTS), record -> {
            if (reader.read(record.value()) instanceof Decoded.Value<Alert> decoded
                    && decoded.value().getStatus() == AlertStatus.RAISED) {
                Alert alert = decoded.value();
                String type = alert.getType().name();
                if (DETECTIONS.contains(type)) {
                    findings.add(new Finding(Detection.valueOf(type), alert.getPaymentId()));
                } else {
                    others.add(alert.getAlertId());
                }
            }
        });
        return new Contender.Found(findings, others.size());
    }

    private static void read(String bootstrapServers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }
}
