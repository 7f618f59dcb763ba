package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs as their manifests have them: the jar of the image in a Flink that brings nothing of theirs, with the arguments
 * of the FlinkDeployment and the files of its secrets, against a Kafka with the users, rights and topics of the manifests.
 */
class JobsOnFlinkIT {

    private static final Duration WITHIN = Duration.ofSeconds(120);

    @TempDir
    private static Path directory;

    private static Secrets secrets;
    private static SecuredBroker kafka;

    @BeforeAll
    static void start() throws IOException, InterruptedException, ExecutionException {
        secrets = new Secrets(directory);
        kafka = new SecuredBroker(directory.resolve("kafka"), directory.resolve("keystore.p12"));
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void runAsTheManifestsSayAndMayDoWhatTheyMust() throws Exception {
        try (PulseWriter pulses = PulseWriter.start(pulsed(), client("pulse"), Clock.systemUTC());
                FlinkRun lifecycle = run("tillwatch-lifecycle");
                FlinkRun duplicates = run("tillwatch-duplicates")) {
            send("feeds", Topic.CAPTURES, "this is no capture");

            await(lifecycle, () -> !read(Topic.DEAD_LETTERS).isEmpty());
            assertThat(read(Topic.DEAD_LETTERS).get(0)).isEqualTo("this is no capture");
            // Offsets are told when a checkpoint has been taken, so state is made safe, too.
            await(lifecycle, () -> committed("tillwatch-lifecycle").size() > 1);
            await(duplicates, () -> committed("tillwatch-duplicates").size() > 1);
            await(lifecycle, () -> pulses.counts().written() > 0);
            assertThat(pulses.counts().partitions()).isEqualTo(10);
        }
    }

    @Test
    void letNobodyElseCommandOrSayHowItEnded() {
        for (String user : List.of("feeds", "console", "notifier", "query", "pulse", "responder")) {
            assertThatThrownBy(() -> send(user, Topic.REVERSAL_COMMANDS, "reverse"))
                    .as(user)
                    .hasRootCauseInstanceOf(AuthorizationException.class);
        }
        assertThatThrownBy(() -> send("jobs", Topic.OUTCOMES, "done"))
                .hasRootCauseInstanceOf(AuthorizationException.class);
    }

    @Test
    void bringWhatFlinkDoesNotAndNothingThatItDoes() throws IOException {
        Set<String> packages = new TreeSet<>();
        try (JarFile jar = new JarFile(FlinkRun.jar().toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    packages.add(name.substring(0, name.lastIndexOf('/')));
                }
            }
        }
        assertThat(packages)
                .contains(
                        "io/tillwatch/jobs/lifecycle",
                        "io/tillwatch/rules/catalogue",
                        "org/apache/kafka/clients/consumer",
                        "org/apache/avro",
                        "com/fasterxml/jackson/databind");
        assertThat(packages).noneMatch(name -> name.startsWith("org/slf4j") || name.startsWith("org/apache/log"));
        assertThat(packages)
                .filteredOn(name -> name.startsWith("org/apache/flink/"))
                .allMatch(name -> name.startsWith("org/apache/flink/connector/")
                        || name.startsWith("org/apache/flink/streaming/connectors/kafka")
                        // Of the connector as well, one class.
                        || name.equals("org/apache/flink/streaming/util/serialization"));
    }

    private static FlinkRun run(String name) throws IOException {
        JsonNode job = Manifests.named(Manifests.base(), "FlinkDeployment", name);
        PodFiles files = new PodFiles(
                directory.resolve(name),
                Manifests.pods(Manifests.base()).get(name).getSpec(),
                secrets,
                Map.of());
        List<String> args = new ArrayList<>();
        job.at("/spec/job/args").forEach(arg -> args.add(files.here(arg.asText())));
        args.set(args.indexOf("--bootstrap") + 1, kafka.bootstrapServers());
        args.addAll(List.of("--checkpoint-every", "PT1S"));
        List<String> configuration = new ArrayList<>();
        JsonNode settings = job.at("/spec/flinkConfiguration");
        for (String kept : List.of("state.backend.type", "execution.checkpointing.incremental")) {
            configuration.add(kept + ": " + settings.path(kept).asText());
        }
        Path state = directory.resolve(name + "-state");
        configuration.add(
                "execution.checkpointing.dir: " + state.resolve("checkpoints").toUri());
        configuration.add("state.backend.rocksdb.localdir: " + state.resolve("rocksdb"));
        configuration.add("io.tmp.dirs: " + state);
        return new FlinkRun(state, job.at("/spec/job/entryClass").asText(), configuration, args);
    }

    private static PulseSettings pulsed() {
        return PulseSettings.of(java.util.Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(topic -> topic.name(Topic.DEFAULT_PREFIX))
                .toList());
    }

    /** The settings of the manifests for a user. */
    private static Map<String, Object> client(String user) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put("sasl.jaas.config", Secrets.JAAS.formatted("tillwatch-" + user));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", directory.resolve("ca.crt").toString());
        return settings;
    }

    private static void send(String user, Topic topic, String text) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(Topic.DEFAULT_PREFIX), text.getBytes(StandardCharsets.UTF_8)))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(Topic topic) {
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client("query"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(Topic.DEFAULT_PREFIX)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> texts.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }

    private static Map<TopicPartition, ?> committed(String group) {
        try {
            return kafka.admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(FlinkRun run, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(run.isAlive()).as(run.log()).isTrue();
            assertThat(System.nanoTime()).as("in time: %s", run.log()).isLessThan(deadline);
            Thread.sleep(200);
        }
    }
}
