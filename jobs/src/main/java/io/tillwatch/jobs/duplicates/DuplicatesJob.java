package io.tillwatch.jobs.duplicates;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.jobs.kafka.KafkaResults;
import io.tillwatch.rules.fact.Feed;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads authorizations and reversals from Kafka and writes suspicions to it. */
public final class DuplicatesJob {

    /** The job's name, and its consumer group unless it is told another. */
    public static final String NAME = "tillwatch-duplicates";

    private DuplicatesJob() {}

    /** Runs under {@code flink run}; the arguments are those of {@link JobSettings}. */
    public static void main(String[] args) throws Exception {
        JobSettings settings = JobEnvironment.settingsOrExit(args, NAME);
        StreamExecutionEnvironment environment =
                JobEnvironment.live(settings, StreamExecutionEnvironment::getExecutionEnvironment);
        define(environment, settings);
        environment.execute(NAME);
    }

    /** Builds the job. */
    public static void define(StreamExecutionEnvironment environment, JobSettings settings)
            throws InterruptedException, ExecutionException {
        KafkaFeeds kafka = new KafkaFeeds(environment, settings);
        DuplicatesPipeline.define(
                        List.of(kafka.feeds("feeds", EnumSet.of(Feed.AUTHORIZATIONS, Feed.REVERSALS))),
                        kafka.policyChanges().changes(),
                        kafka.policiesNow())
                .sinkTo(KafkaResults.suspicions(settings))
                .uid("suspicions")
                .name("suspicions");
    }
}
