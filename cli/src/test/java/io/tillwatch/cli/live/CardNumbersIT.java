package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Card numbers in every text field of every feed of the real jobs, and a look into everything that they leave behind. */
class CardNumbersIT {

    /** The public test numbers of two card schemes. */
    private static final List<String> PLANTED = List.of("4111111111111111", "5500 0055 5555 5559");

    private static final List<Topic> WRITTEN_BY_THE_JOBS =
            List.of(Topic.ALERTS, Topic.REVERSAL_COMMANDS, Topic.RETRY_COMMANDS, Topic.DEAD_LETTERS, Topic.SUSPICIONS);
    private static final long WITHIN_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();

    @TempDir
    private Path directory;

    @Test
    @DisplayName("held: card numbers in any field get into no topic, log or checkpoint")
    void keepsNoCardNumberAnywhere() throws Exception {
        LocalSystem system = LocalSystem.start(new LocalSystem.Plan(directory, 2, 2, false, "PT1S"));
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (system;
                producer) {
            write(producer, Topic.POLICIES, RecordType.POLICY, Lives.policy(), "*");
            system.startJobs();
            int planted = plantInFeeds(producer);
            assertThat(planted).isGreaterThan(60);
            // A neighbour of each, so that there is state, and alerts: the checkpoints and topics are not empty.
            FeedProducer feeds = new FeedProducer(system.bootstrapServers());
            try (feeds) {
                new Traffic(feeds, new Lives(3, "neighbour"), 3, 0.6).run(20, Duration.ofSeconds(5));
            }
            await(
                    "each becomes a dead letter",
                    system,
                    () -> read(system, Topic.DEAD_LETTERS).size() >= planted);
            await("alerts come", system, () -> !read(system, Topic.ALERTS).isEmpty());
            for (ConsumerRecord<byte[], byte[]> letter : read(system, Topic.DEAD_LETTERS)) {
                assertThat(header(letter, "error")).isEqualTo("CARD_NUMBER");
                assertThat(letter.value()).isNull();
            }
            await(
                    "a checkpoint is complete",
                    system,
                    () -> !files("checkpoints", "_metadata").isEmpty());
            for (Topic topic : WRITTEN_BY_THE_JOBS) {
                for (ConsumerRecord<byte[], byte[]> record : read(system, topic)) {
                    assertClean(topic + " key", record.key());
                    assertClean(topic + " value", record.value());
                    for (Header header : record.headers()) {
                        assertClean(topic + " header " + header.key(), header.value());
                    }
                }
            }
        }
        assertThat(files("checkpoints", "")).isNotEmpty();
        for (Path file : files("", "")) {
            // What the upstream systems wrote stands in the feeds' own log, and was never ours to change.
            if (!file.toString().contains("tillwatch.") || !file.startsWith(directory.resolve("broker"))) {
                assertClean(file.toString(), Files.readAllBytes(file));
            }
        }
    }

    /** Writes a record with a card number in each text field of each feed that takes text; how many. */
    private static int plantInFeeds(KafkaProducer<byte[], byte[]> producer) {
        int planted = 0;
        Outcome outcome = Outcome.newBuilder()
                .setEventId("o")
                .setCommandId("p:PREAUTH_EXPIRED#REVERSE")
                .setPaymentId("p")
                .setOccurredAt(Instant.now())
                .setResult(OutcomeResult.DONE)
                .setAmount(5)
                .setCurrency("EUR")
                .build();
        planted += plant(producer, Topic.OUTCOMES, RecordType.OUTCOME, outcome);
        Lives lives = new Lives(1, "planted");
        Set<String> kinds = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            for (Life.Planned planned : lives.next(fault).planned()) {
                SpecificRecordBase record = planned.written().at(Instant.now());
                if (kinds.add(record.getSchema().getName())) {
                    planted += plant(producer, record);
                }
            }
        }
        assertThat(kinds).containsExactly("Authorization", "Capture", "Reversal", "Settlement");
        return planted;
    }

    private static int plant(KafkaProducer<byte[], byte[]> producer, SpecificRecordBase record) {
        for (Topic topic : Topic.values()) {
            RecordType<?> type = topic.recordType().orElse(null);
            if (type != null && type.schema().equals(record.getSchema()) && topic.pulsed()) {
                return plant(producer, topic, type, record);
            }
        }
        throw new AssertionError(record.getSchema().getName() + " is no record of a feed");
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> int plant(
            KafkaProducer<byte[], byte[]> producer, Topic topic, RecordType<T> type, SpecificRecordBase record) {
        int planted = 0;
        String key = (String) record.get("paymentId");
        for (Schema.Field field : record.getSchema().getFields()) {
            Schema schema = field.schema().isNullable() && field.schema().isUnion()
                    ? field.schema().getTypes().get(1)
                    : field.schema();
            if (schema.getType() != Schema.Type.STRING || field.name().equals("currency")) {
                continue;
            }
            Object before = record.get(field.pos());
            for (String number : PLANTED) {
                record.put(field.pos(), number);
                write(producer, topic, type, (T) record, field.name().equals("paymentId") ? number : key);
                planted++;
            }
            record.put(field.pos(), before);
        }
        return planted;
    }

    private static <T extends SpecificRecordBase> void write(
            KafkaProducer<byte[], byte[]> producer, Topic topic, RecordType<T> type, T record, String key) {
        byte[] value = new SingleObject().writer(type).write(record);
        try {
            producer.send(new ProducerRecord<>(
                            topic.name(Topic.DEFAULT_PREFIX), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (Exception e) {
            throw new AssertionError("cannot write to " + topic, e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(LocalSystem system, Topic topic) {
        return TopicReader.all(system.bootstrapServers(), topic);
    }

    private List<Path> files(String below, String name) {
        Path folder = directory.resolve(below);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(name))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertClean(String where, byte[] bytes) {
        if (bytes == null) {
            return;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[ -]", "");
        for (String number : PLANTED) {
            assertThat(text.contains(number.replace(" ", ""))).as(where).isFalse();
        }
    }

    private static void await(String what, LocalSystem system, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(WITHIN_NANOS);
            assertThat(system.jobsAlive()).as("the jobs run").isTrue();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
