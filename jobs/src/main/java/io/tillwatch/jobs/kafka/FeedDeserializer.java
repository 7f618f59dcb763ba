package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.wire.RecordReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the Kafka records of some feeds, each by its topic. A pulse comes out as one too, so that the partition's clock
 * moves on.
 */
final class FeedDeserializer implements KafkaRecordDeserializationSchema<Inbound> {

    private static final String PULSE = "pulse";

    private final HashMap<String, Feed> feedByTopic;
    private final ArrayList<String> writerSchemas;
    private final RegistrySettings registry;
    private transient Map<String, MeasuredReader> readers;

    /**
     * @param feedByTopic which feed a topic holds
     * @param writerSchemas of writers newer than this build, as JSON
     * @param registry asked for the schemas of records that name theirs by a registry's id
     */
    FeedDeserializer(Map<String, Feed> feedByTopic, List<String> writerSchemas, RegistrySettings registry) {
        this.feedByTopic = new HashMap<>(feedByTopic);
        this.writerSchemas = new ArrayList<>(writerSchemas);
        this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        readers = new HashMap<>();
        // Flink has nobody to hand a record back to: it waits here, and the clock with it, until the registry is back.
        Wire wire = Wire.patient(registry);
        List<Schema> newer = WriterSchemas.parse(writerSchemas);
        feedByTopic.forEach((topic, feed) -> readers.put(
                topic,
                new MeasuredReader(feed, wire.reader(FeedTypes.recordType(feed), newer), context.getMetricGroup())));
        context.getMetricGroup().addGroup("tillwatch").gauge("registryFailures", wire::failures);
        context.getMetricGroup().addGroup("tillwatch").gauge("registryWaitingMillis", wire::waitingMillis);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        out.collect(readers.get(record.topic()).read(record));
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return StreamCodec.INBOUND_TYPE;
    }

    /** Reads the records of one feed, and says how far it has read. */
    private static final class MeasuredReader {

        private final FeedReader records;
        private long readToMillis;

        MeasuredReader(Feed feed, RecordReader<? extends SpecificRecordBase> records, MetricGroup metrics) {
            this.records = new FeedReader(feed, records);
            // Reads the wall clock for people to look at; nothing is decided by it.
            metrics.addGroup("tillwatch")
                    .addGroup("feed", feed.topic())
                    .gauge("clockLagMillis", () -> readToMillis == 0 ? -1 : System.currentTimeMillis() - readToMillis);
        }

        Inbound read(ConsumerRecord<byte[], byte[]> record) {
            readToMillis = Math.max(readToMillis, record.timestamp());
            if (record.value() == null && record.headers().lastHeader(PULSE) != null) {
                return Inbound.pulse(record.timestamp());
            }
            return records.read(record.partition(), record.offset(), record.timestamp(), record.key(), record.value());
        }
    }
}
