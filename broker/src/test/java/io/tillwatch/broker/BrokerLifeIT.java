package io.tillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker survives, and what it does not. */
class BrokerLifeIT {

    private static final TopicSpec FEED = new TopicSpec("feed", 3, Map.of("message.timestamp.type", "LogAppendTime"));
    private static final long LONG_AGO_MILLIS = 1_000;

    @TempDir
    private Path directory;

    @Test
    void keepsItsPortItsTopicsAndItsRecordsWhenItIsKilledAndStartedAgain() {
        try (KafkaBroker broker = broker()) {
            broker.start();
            String bootstrapServers = broker.bootstrapServers();
            long firstPid = broker.pid();
            long before = System.currentTimeMillis();
            try (TopicAdmin topics = new TopicAdmin(bootstrapServers)) {
                assertThat(topics.create(List.of(FEED))).containsExactly("feed");
                assertThat(topics.create(List.of(FEED))).as("made before").isEmpty();
            }
            Records.write(bootstrapServers, "feed", 0, LONG_AGO_MILLIS, "kept");

            broker.kill();
            assertThat(broker.isAlive()).isFalse();
            assertThat(Eventually.isGone(firstPid)).isTrue();
            broker.start();

            assertThat(broker.bootstrapServers()).isEqualTo(bootstrapServers);
            assertThat(broker.pid()).isNotEqualTo(firstPid);
            try (TopicAdmin topics = new TopicAdmin(bootstrapServers)) {
                assertThat(topics.partitionCounts()).containsEntry("feed", 3);
            }
            ConsumerRecord<byte[], byte[]> kept =
                    Records.readAll(bootstrapServers, "feed").get(0);
            assertThat(kept.value()).asString().isEqualTo("kept");
            assertThat(kept.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(kept.timestamp()).as("the log's time, not the sender's").isGreaterThanOrEqualTo(before);

            long pid = broker.pid();
            broker.pause();
            broker.stop();
            assertThat(Eventually.isGone(pid)).isTrue();
            assertThat(directory.resolve("kafka/records/.kafka_cleanshutdown"))
                    .as("in order, though it was paused")
                    .exists();
            assertThat(new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))).bootstrapServers())
                    .as("another object on the same data")
                    .isEqualTo(bootstrapServers);
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            KafkaBroker broker = new KafkaBroker(settings().withPort(other.getLocalPort()));
            assertThatThrownBy(broker::start)
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " of 127.0.0.1 is taken");
            assertThat(broker.isAlive()).isFalse();
        }
    }

    @Test
    void saysWhatItsLogSaysWhenItDiesAtItsStart() {
        KafkaBroker broker = new KafkaBroker(settings().withKafkaSetting("num.io.threads", "none"));
        assertThatThrownBy(broker::start)
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("ended with exit code 1")
                .hasMessageContaining("num.io.threads");
        assertThat(broker.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void diesWithTheProgramThatStartedItHoweverThatEnds(boolean killed) throws IOException {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerHost.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("host.log").toFile())
                .start();
        try {
            Path pidFile = directory.resolve("pid");
            Eventually.await("a broker of the host's", () -> Files.exists(pidFile) || !host.isAlive());
            assertThat(pidFile).exists();
            long brokerPid = Long.parseLong(Files.readString(pidFile));
            assertThat(Eventually.isGone(brokerPid)).isFalse();
            if (killed) {
                host.destroyForcibly();
            } else {
                host.destroy();
            }
            Eventually.await("the broker's end", () -> Eventually.isGone(brokerPid));
            Path inOrder = directory.resolve("kafka/records/.kafka_cleanshutdown");
            assertThat(Files.exists(inOrder)).isEqualTo(!killed);
        } finally {
            host.destroyForcibly();
        }
    }

    private KafkaBroker broker() {
        return new KafkaBroker(settings());
    }

    private BrokerSettings settings() {
        return BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart();
    }
}
