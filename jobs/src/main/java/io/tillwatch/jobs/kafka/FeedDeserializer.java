package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.feed.Gate;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.feed.RecordOrigin;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads one feed's Kafka records. A pulse comes out as one too, so that the partition's clock moves on. */
final class FeedDeserializer implements KafkaRecordDeserializationSchema<Inbound> {

    private static final String PULSE = "pulse";

    private final Feed feed;
    private transient RecordReader<? extends SpecificRecordBase> reader;

    FeedDeserializer(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = RecordReader.ofAny(List.of(new SingleObject()), FeedTypes.recordType(feed));
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        if (record.value() == null && record.headers().lastHeader(PULSE) != null) {
            out.collect(Inbound.pulse(record.timestamp()));
            return;
        }
        byte[] value = record.value();
        RecordOrigin origin = new RecordOrigin(feed, record.partition(), record.offset(), record.timestamp());
        out.collect(Gate.admit(origin, Keys.text(record.key()), record.key(), value, () -> reader.read(value)));
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return StreamCodec.INBOUND_TYPE;
    }
}
