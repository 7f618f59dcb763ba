package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender.Found;
import io.tillwatch.bench.contender.Results;
import io.tillwatch.bench.workload.BenchTopics;
import io.tillwatch.jobs.duplicates.DuplicatesPipeline;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.jobs.lifecycle.LifecycleJob;
import io.tillwatch.jobs.record.ResultRecords;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Tillwatch's own jobs as they are, from the topics to the topics. Live they run side by side; here the duplicates job runs
 * to its end first, so that the lifecycle job finds all suspicions in their topic, at the times at which they were found.
 */
public final class Tillwatch implements FlinkJobs {

    @Override
    public List<FlinkJob> inOrder() {
        return List.of(Tillwatch::duplicates, Tillwatch::lifecycle);
    }

    @Override
    public Found found(String bootstrapServers) {
        return Results.alerts(bootstrapServers);
    }

    private static void duplicates(StreamExecutionEnvironment environment, JobSettings settings) throws Exception {
        KafkaFeeds kafka = new KafkaFeeds(environment, settings, KafkaFeeds.Reach.PRESENT_END);
        DuplicatesPipeline.define(
                        List.of(kafka.feeds("feeds", EnumSet.of(Feed.AUTHORIZATIONS, Feed.REVERSALS))),
                        kafka.policyChanges().changes(),
                        kafka.policiesNow())
                .sinkTo(KafkaSink.<Suspicion>builder()
                        .setKafkaProducerConfig(settings.kafka())
                        .setBootstrapServers(settings.kafka().getProperty("bootstrap.servers"))
                        .setRecordSerializer(new DatedSuspicions())
                        .build())
                .uid("suspicions")
                .name("suspicions");
    }

    private static void lifecycle(StreamExecutionEnvironment environment, JobSettings settings) throws Exception {
        LifecycleJob.define(new KafkaFeeds(environment, settings, KafkaFeeds.Reach.PRESENT_END), settings);
    }

    /** Live a suspicion arrives when it is found; in a log of other days its record has to say so. */
    private static final class DatedSuspicions implements KafkaRecordSerializationSchema<Suspicion> {

        private transient RecordWriter<io.tillwatch.schemas.record.Suspicion> writer;

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
            writer = new SingleObject().writer(RecordType.SUSPICION);
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(Suspicion suspicion, KafkaSinkContext context, Long timestamp) {
            return new ProducerRecord<>(
                    BenchTopics.name(Topic.SUSPICIONS),
                    null,
                    suspicion.occurredAtMillis(),
                    suspicion.paymentId().getBytes(StandardCharsets.UTF_8),
                    writer.write(ResultRecords.suspicion(suspicion)));
        }
    }
}
