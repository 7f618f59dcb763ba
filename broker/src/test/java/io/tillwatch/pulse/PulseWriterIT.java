package io.tillwatch.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.Eventually;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.Records;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseWriterIT {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration DELIVER_WITHIN = Duration.ofMillis(400);
    private static final int FAILED_ROUNDS = 6;
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static TopicAdmin topics;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        topics = new TopicAdmin(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        topics.close();
        broker.close();
    }

    @Test
    void pulsesEachPartitionOfEachFeedAlsoThoseThatComeLater() {
        create("quiet", 2);
        try (PulseWriter writer = writer("quiet", "late")) {
            Eventually.await("pulses in both partitions", () -> pulsed("quiet").equals(Set.of(0, 1)));
            topics.growTo("quiet", 4);
            create("late", 1);
            Eventually.await("pulses in new partitions", () -> pulsed("quiet").equals(Set.of(0, 1, 2, 3)));
            Eventually.await("pulses in a new topic", () -> pulsed("late").equals(Set.of(0)));
            assertThat(writer.counts().partitions()).isEqualTo(5);
            assertThat(writer.counts().lastWrittenMillis()).isPresent();
        }
        assertThat(Records.readAll(broker.bootstrapServers(), "quiet")).allSatisfy(pulse -> {
            assertThat(pulse.key()).isNull();
            assertThat(pulse.value()).isNull();
            assertThat(pulse.headers().lastHeader("pulse").value()).isEmpty();
            assertThat(pulse.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        });
    }

    @Test
    void deliversNoBurstOfOldPulsesWhenAFrozenBrokerGoesOn() {
        create("frozen", 2);
        PulseWriter writer = writer("frozen");
        long failedFrozen;
        try (writer) {
            Eventually.await("pulses", () -> pulsed("frozen").equals(Set.of(0, 1)));
            broker.pause();
            try {
                long failedBefore = writer.counts().failed();
                Eventually.await("pulses given up", () -> writer.counts().failed() - failedBefore >= 2 * FAILED_ROUNDS);
                failedFrozen = writer.counts().failed() - failedBefore;
            } finally {
                broker.resume();
            }
            long writtenBefore = writer.counts().written();
            Eventually.await("pulses again", () -> writer.counts().written() > writtenBefore + 2);
        }
        // Of those given up while it was frozen, Kafka has at most one a partition: what its socket held. Of those
        // given up at other times, on a slow machine or by the close, only the answer may have been late.
        long inTheSocket = 2;
        PulseCounts counts = writer.counts();
        long mayHaveArrived = counts.failed() - failedFrozen + inTheSocket;
        assertThat((long) Records.readAll(broker.bootstrapServers(), "frozen").size())
                .isBetween(counts.written(), counts.written() + mayHaveArrived);
    }

    @Test
    void neitherBlocksNorClaimsAnythingWithoutKafka() {
        PulseSettings settings = new PulseSettings(List.of("nowhere"), INTERVAL, DELIVER_WITHIN, INTERVAL);
        PulseWriter writer = PulseWriter.start(settings, Map.of("bootstrap.servers", "127.0.0.1:1"), Clock.systemUTC());
        try (writer) {
            assertThat(writer.counts().partitions()).isZero();
        }
        assertThat(writer.counts().written()).isZero();
        assertThat(writer.counts().lastWrittenMillis()).isEmpty();
    }

    @Test
    void pulsesAsAProgramUntilItIsToldToStop() throws IOException, InterruptedException {
        create("program", 1);
        Path log = directory.resolve("program.log");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PulseWriterMain.class.getName(),
                        "--bootstrap",
                        broker.bootstrapServers(),
                        "--topics",
                        "program")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Eventually.await("pulses", () -> pulsed("program").equals(Set.of(0)) || !program.isAlive());
            assertThat(program.isAlive()).isTrue();
            program.destroy();
            Eventually.await("its end", () -> !program.isAlive());
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(directory.resolve("target/test.log")).content().contains("stopped: PulseCounts[partitions=1");
    }

    private static void create(String topic, int partitions) {
        topics.create(List.of(new TopicSpec(topic, partitions, Map.of("message.timestamp.type", "LogAppendTime"))));
    }

    private static PulseWriter writer(String... feeds) {
        return PulseWriter.start(
                new PulseSettings(List.of(feeds), INTERVAL, DELIVER_WITHIN, INTERVAL),
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Clock.systemUTC());
    }

    private static Set<Integer> pulsed(String topic) {
        return Records.readAll(broker.bootstrapServers(), topic).stream()
                .map(ConsumerRecord::partition)
                .collect(Collectors.toSet());
    }
}
