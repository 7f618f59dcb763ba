package io.tillwatch.jobs.lifecycle;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.jobs.kafka.KafkaResults;
import io.tillwatch.rules.fact.Feed;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Reads all feeds from Kafka and writes alerts, commands and dead letters to it. */
public final class LifecycleJob {

    /** The job's name, and its consumer group unless it is told another. */
    public static final String NAME = "tillwatch-lifecycle";

    private LifecycleJob() {}

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
        define(new KafkaFeeds(environment, settings), settings);
    }

    /** Builds the job on what was found in Kafka. */
    public static void define(KafkaFeeds kafka, JobSettings settings) {
        Map<String, DataStream<Inbound>> feeds = new LinkedHashMap<>();
        feeds.put("feeds", kafka.feeds("feeds", EnumSet.complementOf(EnumSet.of(Feed.SUSPICIONS))));
        feeds.put("suspicions", kafka.feeds("suspicions", EnumSet.of(Feed.SUSPICIONS)));
        KafkaFeeds.PolicyStreams policies = kafka.policyChanges();
        LifecyclePipeline.Results results = LifecyclePipeline.define(
                new LifecyclePipeline.Sources(feeds, policies.changes(), kafka.policiesNow(), settings.earlyWithin()));
        DataStream<DeadLetter> deadLetters = results.deadLetters().union(policies.refused());
        results.alerts().sinkTo(KafkaResults.alerts(settings)).uid("alerts").name("alerts");
        results.commands()
                .sinkTo(KafkaResults.commands(settings))
                .uid("commands")
                .name("commands");
        deadLetters
                .sinkTo(KafkaResults.deadLetters(settings))
                .uid("dead-letters")
                .name("dead-letters");
    }
}
