package io.tillwatch.cli.cluster;

import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.cli.process.Home;
import io.tillwatch.jobs.duplicates.DuplicatesJob;
import io.tillwatch.jobs.lifecycle.LifecycleJob;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.traffic.Windows;
import io.tillwatch.traffic.feed.Letter;
import io.tillwatch.traffic.feed.Letters;
import io.tillwatch.traffic.run.FeedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A cluster on this machine, in one directory. One command at a time works on it. */
final class Cluster {

    private static final List<String> JOBS = List.of(LifecycleJob.NAME, DuplicatesJob.NAME);
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final Path directory;
    private final ClusterPlan plan;
    private final Secrets secrets;
    private final Parts parts;
    private final FlinkOverview flink;
    private final Consumer<String> say;

    /** @param say is told what goes on, a line each */
    Cluster(Home home, Path directory, ClusterPlan plan, Consumer<String> say) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Probe.PATIENCE)
                .build();
        this.directory = directory;
        this.plan = plan;
        this.secrets = new Secrets(directory.resolve("secrets"));
        this.parts = new Parts(home, directory, plan, secrets, new FlinkFiles(directory, plan), http);
        this.flink = new FlinkOverview(http, plan.flink());
        this.say = say;
    }

    Secrets secrets() {
        return secrets;
    }

    List<PartProcess> processes() {
        return parts.all().stream()
                .map(part -> new PartProcess(part, directory))
                .toList();
    }

    /**
     * Starts what does not run, and returns when all of it is ready.
     *
     * @param names of the parts to be started; all if there are none
     * @throws ClusterException if one does not get ready; what was started goes on
     */
    void up(List<String> names) throws InterruptedException {
        try {
            Files.createDirectories(directory.resolve("tmp"));
            Files.createDirectories(directory.resolve("zookeeper"));
        } catch (IOException e) {
            throw new ClusterException(directory + " cannot be written to: " + e.getMessage(), e);
        }
        secrets.make();
        parts.writeConfigurations();
        List<PartProcess> chosen = chosen(names);
        stage(chosen, Part.Stage.GROUND);
        if (names.isEmpty()) {
            prepareKafka();
        }
        stage(chosen, Part.Stage.WORK);
        if (names.isEmpty() || names.contains("jobmanager")) {
            jobs();
        }
        stage(chosen, Part.Stage.TRAFFIC);
    }

    private List<PartProcess> chosen(List<String> names) {
        return processes().stream()
                .filter(process ->
                        names.isEmpty() || names.contains(process.part().name()))
                .toList();
    }

    private void stage(List<PartProcess> chosen, Part.Stage stage) throws InterruptedException {
        List<PartProcess> started = new ArrayList<>();
        for (PartProcess process : chosen) {
            if (process.part().stage() == stage) {
                if (process.running().isEmpty()) {
                    process.start();
                    say.accept("starting " + process.part().name());
                }
                started.add(process);
            }
        }
        long from = System.nanoTime();
        while (!started.isEmpty()) {
            List<PartProcess> left = new ArrayList<>();
            for (PartProcess process : started) {
                Optional<String> problem = process.problem();
                if (problem.isEmpty()) {
                    say.accept(process.part().name() + " is ready" + where(process.part()));
                } else if (process.running().isEmpty()) {
                    throw new ClusterException(process.part().name() + " has ended; the end of its log " + process.log()
                            + ":\n" + process.tail());
                } else if (System.nanoTime() - from > READY_WITHIN.toNanos()) {
                    throw new ClusterException(process.part().name() + " is not ready within "
                            + READY_WITHIN.toSeconds() + " s (" + problem.get() + "); the end of its log "
                            + process.log() + ":\n" + process.tail());
                } else {
                    left.add(process);
                }
            }
            started = left;
            if (!started.isEmpty()) {
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static String where(Part part) {
        return part.where().isEmpty() ? "" : "   " + part.where();
    }

    /** Creates the topics that are missing, and, with traffic whose days are seconds, says what its windows are. */
    private void prepareKafka() {
        TopicAdmin admin = new TopicAdmin(plan.bootstrapServers());
        boolean first;
        try (admin) {
            first = !admin.create(Arrays.stream(Topic.values())
                            .map(topic -> new TopicSpec(
                                    topic.name(Topic.DEFAULT_PREFIX),
                                    Math.min(plan.partitions(), topic.defaultPartitions()),
                                    topic.config()))
                            .toList())
                    .isEmpty();
        }
        if (first && plan.rate() > 0) {
            FeedWriter policies =
                    new FeedWriter(Map.of("bootstrap.servers", plan.bootstrapServers()), Topic.DEFAULT_PREFIX);
            try (policies) {
                Letters letters = new Letters();
                for (Policy policy : Windows.policies()) {
                    policies.write(letters.of(policy), Written.OR_FAIL);
                }
                policies.flush();
            }
        }
    }

    /** A policy that is not written would make false alerts. */
    private enum Written implements FeedWriter.Delivery {
        OR_FAIL;

        @Override
        public void appended(Letter letter, long atMillis) {
            // as it should be
        }

        @Override
        public void failed(Letter letter, Exception why) {
            throw new ClusterException("Kafka does not take the policies: " + why.getMessage(), why);
        }
    }

    /** Submits the jobs that the job manager does not know, and waits until all tasks run. */
    private void jobs() throws InterruptedException {
        long from = System.nanoTime();
        boolean submitted = false;
        while (true) {
            Optional<Map<String, Optional<String>>> known = flink.jobs();
            List<String> missing = known.map(map ->
                            JOBS.stream().filter(name -> !map.containsKey(name)).toList())
                    .orElse(List.of());
            if (known.isPresent() && !missing.isEmpty() && !submitted) {
                submit(missing);
                submitted = true;
            } else if (known.isPresent()
                    && missing.isEmpty()
                    && known.get().values().stream().allMatch(Optional::isEmpty)) {
                say.accept("the jobs run: " + String.join(", ", JOBS));
                return;
            }
            if (System.nanoTime() - from > READY_WITHIN.toNanos()) {
                throw new ClusterException("the jobs do not run within " + READY_WITHIN.toSeconds() + " s: "
                        + known.map(Object::toString).orElse("Flink does not answer")
                        + "; look at http://127.0.0.1:" + plan.flink());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void submit(List<String> names) throws InterruptedException {
        say.accept("submitting " + String.join(", ", names));
        Path log = directory.resolve("logs").resolve("submission.log");
        int exitCode = Launch.andWait(parts.submission(names), log);
        if (exitCode != 0) {
            throw new ClusterException(
                    "the jobs cannot be submitted; the end of the log " + log + ":\n" + PartProcess.tail(log));
        }
    }

    /** What both jobs are like; nothing when Flink does not answer. */
    Optional<Map<String, Optional<String>>> jobStates() throws InterruptedException {
        return flink.jobs().map(known -> {
            Map<String, Optional<String>> states = new java.util.LinkedHashMap<>();
            JOBS.forEach(name -> states.put(name, known.getOrDefault(name, Optional.of("is not there"))));
            return states;
        });
    }

    /**
     * Stops what runs, in the order that lets each end well.
     *
     * @param names of the parts to be stopped; all if there are none
     */
    void down(List<String> names) throws InterruptedException {
        List<PartProcess> chosen = chosen(names);
        List<Part.Stage> stages = new ArrayList<>(List.of(Part.Stage.values()));
        java.util.Collections.reverse(stages);
        for (Part.Stage stage : stages) {
            List<PartProcess> stopping = chosen.stream()
                    .filter(process -> process.part().stage() == stage)
                    .toList();
            for (PartProcess process : stopping) {
                if (process.running().isPresent()) {
                    say.accept("stopping " + process.part().name());
                }
                process.end();
            }
            for (PartProcess process : stopping) {
                if (!process.awaitEnd(STOPPED_WITHIN)) {
                    say.accept(process.part().name() + " was killed: it did not stop within "
                            + STOPPED_WITHIN.toSeconds() + " s");
                }
            }
        }
    }
}
