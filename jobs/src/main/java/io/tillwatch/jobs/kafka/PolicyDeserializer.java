package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.policy.PolicyGate;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.wire.RecordReader;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the policies' Kafka records; a null value returns its scope to the defaults. */
final class PolicyDeserializer implements KafkaRecordDeserializationSchema<PolicyInbound> {

    private final RegistrySettings registry;
    private transient RecordReader<Policy> reader;

    PolicyDeserializer(RegistrySettings registry) {
        this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = Wire.patient(registry).reader(RecordType.POLICY);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PolicyInbound> out) {
        out.collect(admit(record, reader));
    }

    static PolicyInbound admit(ConsumerRecord<byte[], byte[]> record, RecordReader<Policy> reader) {
        Decoded<Policy> decoded = record.value() == null ? null : reader.read(record.value());
        return PolicyGate.admit(
                record.partition(),
                record.offset(),
                record.timestamp(),
                Keys.text(record.key()),
                record.key(),
                record.value(),
                decoded);
    }

    @Override
    public TypeInformation<PolicyInbound> getProducedType() {
        return StreamCodec.POLICY_INBOUND_TYPE;
    }
}
