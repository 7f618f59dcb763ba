package io.tillwatch.bench.flink;

import io.tillwatch.bench.workload.BenchTopics;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the peers' findings, as text. */
final class FoundSink implements KafkaRecordSerializationSchema<String> {

    private FoundSink() {}

    static KafkaSink<String> of(Properties kafka) {
        return KafkaSink.<String>builder()
                .setKafkaProducerConfig(kafka)
                .setBootstrapServers(kafka.getProperty("bootstrap.servers"))
                .setRecordSerializer(new FoundSink())
                .build();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(String finding, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(BenchTopics.FOUND, finding.getBytes(StandardCharsets.UTF_8));
    }
}
