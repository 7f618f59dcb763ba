package io.tillwatch.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.testkit.ApicurioRegistry;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jobs with a real registry, which hangs for a while. */
class RegistryWireIT {

    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();
    private static final Pattern WAITING = Pattern.compile(
            "(?m)^flink_taskmanager_job_task_operator_deserializer_tillwatch_registryWaitingMillis.* (\\S+)$");

    @TempDir
    private Path directory;

    private KafkaBroker broker;
    private JobsProcess jobs;
    private KafkaProducer<byte[], byte[]> producer;
    private PulseWriter pulses;

    /** Nothing is refused or lost for a registry that hangs; a newer writer's record is read when it answers. */
    @Test
    void waitsForARegistryThatHangsAndReadsANewerWriter() throws Exception {
        int metricsPort = freePort();
        ApicurioRegistry registry = new ApicurioRegistry(
                Path.of("..", "registry", "target", "apicurio"), directory.resolve("registry.log"));
        try (registry) {
            registry.start();
            start(registry.url(), metricsPort);
            Wire wire = Wire.of(Map.of(RegistrySettings.URL, registry.url()));
            write(
                    Topic.POLICIES,
                    "*",
                    wire.writer(RecordType.POLICY, name(Topic.POLICIES)).write(policy()));
            jobs.start();
            byte[] authorization = wire.writer(RecordType.AUTHORIZATION, name(Topic.AUTHORIZATIONS))
                    .write(authorization());
            assertThat(authorization[0]).isZero();
            write(Topic.AUTHORIZATIONS, "p-1", authorization);
            await("the alert", () -> alerts(wire).stream().anyMatch(alert -> alert.getStatus() == AlertStatus.RAISED));
            assertThat(records(Topic.ALERTS))
                    .allSatisfy(record -> assertThat(record.value()[0]).isZero());
            assertThat(records(Topic.RETRY_COMMANDS))
                    .allSatisfy(record -> assertThat(record.value()[0]).isZero());

            byte[] newer = newerCapture(registry.url());
            registry.pause();
            write(Topic.CAPTURES, "p-1", newer);
            await("a record waits", () -> waitingMillis(metricsPort) > 0);
            assertThat(records(Topic.DEAD_LETTERS)).isEmpty();
            registry.resume();
            await(
                    "the alert is cleared",
                    () -> alerts(wire).stream().anyMatch(alert -> alert.getStatus() == AlertStatus.CLEARED));
            await("nothing waits", () -> waitingMillis(metricsPort) == 0);

            // Of what nobody registered there is nothing to wait for.
            byte[] unknown = authorization.clone();
            ByteBuffer.wrap(unknown).putInt(1, 4_711);
            write(Topic.AUTHORIZATIONS, "p-2", unknown);
            await("a dead letter", () -> !records(Topic.DEAD_LETTERS).isEmpty());
            ConsumerRecord<byte[], byte[]> letter = records(Topic.DEAD_LETTERS).get(0);
            assertThat(letter.headers().lastHeader("error").value()).isEqualTo(utf8("UNREADABLE"));
            assertThat(new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                    .contains("the registry does not know");
            assertThat(letter.value()).isEqualTo(unknown);
        }
    }

    private void start(String registryUrl, int metricsPort) {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("broker")).withQuickStart());
        broker.start();
        TopicAdmin admin = new TopicAdmin(broker.bootstrapServers());
        try (admin) {
            admin.create(Arrays.stream(Topic.values())
                    .map(topic -> new TopicSpec(name(topic), 1, topic.config()))
                    .toList());
        }
        jobs = new JobsProcess(
                directory.resolve("jobs.log"),
                1024,
                List.of(
                        "--bootstrap", broker.bootstrapServers(),
                        "--schemaRegistry.url", registryUrl,
                        "--checkpoint-every", "PT1S",
                        "--metrics-port", Integer.toString(metricsPort),
                        "--state-dir", directory.resolve("checkpoints").toString()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        List<String> pulsed = Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(RegistryWireIT::name)
                .toList();
        pulses = PulseWriter.start(
                PulseSettings.of(pulsed), Map.of("bootstrap.servers", broker.bootstrapServers()), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        for (AutoCloseable part : Arrays.asList(jobs, pulses, producer, broker)) {
            close(part);
        }
    }

    private static void close(AutoCloseable partOrNull) {
        try {
            if (partOrNull != null) {
                partOrNull.close();
            }
        } catch (Exception e) {
            throw new AssertionError("cannot be closed", e);
        }
    }

    private static Policy policy() {
        return Policy.newBuilder(Lives.policy()).setCaptureWithin(1_000L).build();
    }

    private static Authorization authorization() {
        return Authorization.newBuilder()
                .setEventId("e-1")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .setAcquirerId("a")
                .setMerchantId("m")
                .setAmount(1_250)
                .setCurrency("GBP")
                .setKind(AuthorizationKind.SALE)
                .setStatus(AuthorizationStatus.APPROVED)
                .setCaptureMode(CaptureMode.SEPARATE)
                .setCardToken("tok-1")
                .build();
    }

    /** A capture as a newer build would write it, with a field that this one has never heard of. */
    private static byte[] newerCapture(String registryUrl) throws Exception {
        Capture capture = Capture.newBuilder()
                .setEventId("e-2")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.ofEpochMilli(System.currentTimeMillis()))
                .setAcquirerId("a")
                .setMerchantId("m")
                .setAmount(1_250)
                .setCurrency("GBP")
                .setCaptureId("c-1")
                .setStatus(CaptureStatus.ACCEPTED)
                .build();
        Schema now = RecordType.CAPTURE.schema();
        List<Schema.Field> fields = new ArrayList<>();
        now.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema text = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        fields.add(new Schema.Field("addedLater", text, "", Schema.Field.NULL_DEFAULT_VALUE));
        Schema newer = Schema.createRecord(now.getName(), "", now.getNamespace(), false, fields);
        byte[] body = Wire.withoutRegistry().writer(RecordType.CAPTURE, "any").write(capture);
        GenericRecord record = new GenericDatumReader<GenericRecord>(now, newer)
                .read(null, DecoderFactory.get().binaryDecoder(body, 10, body.length - 10, null));
        record.put("addedLater", "something");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(
                ByteBuffer.allocate(4).putInt(register(registryUrl, newer)).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer).write(record, encoder);
        return out.toByteArray();
    }

    private static int register(String registryUrl, Schema schema) throws Exception {
        String quoted = schema.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        String answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registryUrl + "/subjects/upstream-value/versions"))
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + quoted + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher id = Pattern.compile("\\{\"id\":([0-9]+)}").matcher(answer);
        assertThat(id.matches()).as(answer).isTrue();
        return Integer.parseInt(id.group(1));
    }

    private List<Alert> alerts(Wire wire) {
        RecordReader<Alert> reader = wire.reader(RecordType.ALERT);
        return records(Topic.ALERTS).stream()
                .map(record -> ((Decoded.Value<Alert>) reader.read(record.value())).value())
                .filter(alert -> alert.getAlertId().equals("p-1:CAPTURE_OVERDUE"))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        return TopicReader.all(broker.bootstrapServers(), topic);
    }

    private static long waitingMillis(int port) {
        try {
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return WAITING.matcher(metrics)
                    .results()
                    .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
                    .max()
                    .orElse(-1);
        } catch (Exception e) {
            return -1;
        }
    }

    private void write(Topic topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(name(topic), utf8(key), value)).get();
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " in time").isLessThan(deadline);
            assertThat(jobs.isAlive()).as("the jobs run").isTrue();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String name(Topic topic) {
        return topic.name(Topic.DEFAULT_PREFIX);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
