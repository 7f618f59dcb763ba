package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.duplicates.DuplicatesPipeline;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.lifecycle.LifecyclePipeline;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.jobs.replay.ReplayListener.Stage;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.policy.PolicyChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The two passes of a replay, each a Flink job. */
final class ReplayPasses {

    static final String SUSPICIONS = "suspicions";
    static final String ALERTS = "alerts";
    static final String COMMANDS = "commands";
    static final String DEAD_LETTERS = "dead-letters";

    private static final List<Feed> WITH_SIGNS_OF_DUPLICATES = List.of(Feed.AUTHORIZATIONS, Feed.REVERSALS);

    private final ReplaySettings settings;
    private final Input input;
    private final Path work;
    private final ReplayCluster cluster;

    ReplayPasses(ReplaySettings settings, Input input, Path work, ReplayCluster cluster) {
        this.settings = settings;
        this.input = input;
        this.work = work;
        this.cluster = cluster;
    }

    /** Both passes. */
    void run(ReplayListener listener) throws Exception {
        findSuspicions(listener);
        judgePayments(listener);
    }

    /** The first pass. */
    private void findSuspicions(ReplayListener listener) throws Exception {
        StreamExecutionEnvironment environment = ReplayCluster.environment(settings);
        DataStream<Inbound> signs = source(environment, "signs", spools(WITH_SIGNS_OF_DUPLICATES));
        DuplicatesPipeline.define(List.of(signs), noChanges(environment), policies())
                .sinkTo(new SpoolSink<>(work, SUSPICIONS, new Lines.Suspicions()))
                .uid(SUSPICIONS)
                .name(SUSPICIONS);
        listener.begins(
                Stage.DUPLICATES, ProgressFile.noted(progressFile("signs")), input.entries(WITH_SIGNS_OF_DUPLICATES));
        cluster.execute(environment, "replay: duplicates");
    }

    /** The second pass, over the records and what the first pass has found. */
    private void judgePayments(ReplayListener listener) throws Exception {
        StreamExecutionEnvironment environment = ReplayCluster.environment(settings);
        List<Spool> spools = spools(InputFiles.FEEDS);
        List<Spool> suspicions = SpoolSink.spools(work, SUSPICIONS, settings.parallelism());
        spools.addAll(suspicions);
        LifecyclePipeline.Results results = LifecyclePipeline.define(new LifecyclePipeline.Sources(
                Map.of("all", source(environment, "records", spools)),
                noChanges(environment),
                policies(),
                Duration.ZERO));
        results.alerts()
                .sinkTo(new SpoolSink<>(work, ALERTS, new Lines.Alerts()))
                .uid(ALERTS)
                .name(ALERTS);
        results.commands()
                .sinkTo(new SpoolSink<>(work, COMMANDS, new Lines.Commands()))
                .uid(COMMANDS)
                .name(COMMANDS);
        results.deadLetters()
                .sinkTo(new SpoolSink<>(work, DEAD_LETTERS, new Lines.DeadLetters()))
                .uid(DEAD_LETTERS)
                .name(DEAD_LETTERS);
        long total = input.entries(InputFiles.FEEDS)
                + suspicions.stream().mapToLong(Spool::entries).sum();
        listener.begins(Stage.PAYMENTS, ProgressFile.noted(progressFile("records")), total);
        cluster.execute(environment, "replay: payments");
    }

    private DataStream<Inbound> source(StreamExecutionEnvironment environment, String name, List<Spool> spools) {
        SpooledSource source = new SpooledSource(new SpooledSource.Window(
                new ArrayList<>(spools.stream().map(s -> s.file().toString()).toList()),
                progressFile(name).toString(),
                input.firstMillis(),
                input.lastMillis(),
                input.asOfMillis().orElse(0)));
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), name, StreamCodec.INBOUND_TYPE)
                .uid("source-" + name)
                .setParallelism(1);
    }

    /** All policies are in force from the start, so none changes. */
    private DataStream<PolicyChange> noChanges(StreamExecutionEnvironment environment) {
        return source(environment, "policies", List.of())
                .<PolicyChange>flatMap((inbound, out) -> {}, StreamCodec.POLICY_TYPE)
                .uid("no-policy-changes")
                .name("no-policy-changes")
                .setParallelism(1);
    }

    private BroadcastPolicies policies() {
        return new BroadcastPolicies(input.policies().changes());
    }

    private List<Spool> spools(List<Feed> feeds) {
        List<Spool> spools = new ArrayList<>();
        for (Feed feed : feeds) {
            if (input.feeds().containsKey(feed)) {
                spools.add(input.feeds().get(feed).spool());
            }
        }
        return spools;
    }

    private Path progressFile(String name) {
        return work.resolve(name + ".progress");
    }
}
