package io.tillwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import io.tillwatch.schemas.wire.SingleObject;
import io.tillwatch.testkit.ApicurioRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real registry, and what its own clients write and read. */
class RegistryIT {

    private static final String TOPIC = "tillwatch.captures";

    private static ApicurioRegistry registry;

    @BeforeAll
    static void start() {
        registry = new ApicurioRegistry(Path.of("target", "apicurio"), Path.of("target", "apicurio.log"));
        registry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static Wire wire() {
        return Wire.of(Map.of(RegistrySettings.URL, registry.url()));
    }

    @Test
    void readsWhatItWroteAndRegistersEachSchemaOnce() throws Exception {
        for (RecordType<?> type : RecordType.all()) {
            String topic = "once." + type.name();
            assertThat(wire().writing(type, topic)).isNotNull();
            assertThat(wire().writing(type, topic)).isNotNull();
            assertThat(get("/subjects/" + topic + "-value/versions")).isEqualTo("[1]");
        }
        byte[] written = wire().writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE);
        assertThat(written[0]).isZero();
        assertThat(wire().reader(RecordType.CAPTURE).read(written)).isEqualTo(new Decoded.Value<>(Captures.ONE));
    }

    @Test
    void readsWhatTheRegistrysOwnSerializerWrites() {
        try (AvroKafkaSerializer<GenericRecord> theirs = new AvroKafkaSerializer<>()) {
            theirs.configure(clients(), false);
            // A newer build's, which this one has never seen.
            byte[] written = theirs.serialize("theirs.captures", Captures.newer());
            assertThat(written[0]).isZero();
            assertThat(wire().reader(RecordType.CAPTURE).read(written)).isEqualTo(new Decoded.Value<>(Captures.ONE));
        }
    }

    @Test
    void theRegistrysOwnDeserializerReadsWhatIsWritten() {
        byte[] written = wire().writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE);
        try (AvroKafkaDeserializer<GenericRecord> theirs = new AvroKafkaDeserializer<>()) {
            theirs.configure(clients(), false);
            GenericRecord read = theirs.deserialize(TOPIC, written);
            assertThat(read.get("paymentId").toString()).isEqualTo("p-1");
            assertThat(read.get("amount")).isEqualTo(1_250L);
            assertThat(read.getSchema().getFullName())
                    .isEqualTo(RecordType.CAPTURE.schema().getFullName());
        }
    }

    @Test
    void bothFormatsAreReadWhateverIsWritten() {
        RecordReader<Capture> reader = wire().reader(RecordType.CAPTURE);
        byte[] plain = new SingleObject().writer(RecordType.CAPTURE).write(Captures.ONE);
        byte[] byId = wire().writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE);
        for (byte[] bytes : List.of(plain, byId, plain, byId)) {
            assertThat(reader.read(bytes)).isEqualTo(new Decoded.Value<>(Captures.ONE));
        }
        Wire readsOnly =
                Wire.of(Map.of(RegistrySettings.URL, registry.url(), RegistrySettings.PREFIX + "write", "false"));
        assertThat(readsOnly.writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE))
                .isEqualTo(plain);
        assertThat(readsOnly.reader(RecordType.CAPTURE).read(byId)).isEqualTo(new Decoded.Value<>(Captures.ONE));
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsTheRecordsFault() {
        byte[] bytes = wire().writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE);
        ByteBuffer.wrap(bytes).putInt(1, 999_999);
        assertThat(wire().reader(RecordType.CAPTURE).read(bytes))
                .satisfies(decoded -> assertThat(((Decoded.Unreadable<Capture>) decoded).reason())
                        .contains("the registry does not know"));
    }

    @Test
    void anotherRecordsSchemaIsNotTakenForThisOnes() {
        byte[] bytes = wire().writer(RecordType.CAPTURE, TOPIC).write(Captures.ONE);
        assertThat(wire().reader(RecordType.SETTLEMENT).read(bytes)).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void aSchemaThatIsNotRegisteredIsAskedForAndSaidToBeMissing() {
        Wire wire =
                Wire.of(Map.of(RegistrySettings.URL, registry.url(), RegistrySettings.PREFIX + "register", "false"));
        assertThatThrownBy(() -> wire.writer(RecordType.CAPTURE, "nobody.registered.this"))
                .isInstanceOf(SchemasUnavailableException.class)
                .hasMessageContaining("nobody.registered.this-value")
                .hasMessageContaining("schema.registry.register=true");
        assertThat(wire().writing(RecordType.CAPTURE, "somebody.did")).isNotNull();
        assertThat(wire.writing(RecordType.CAPTURE, "somebody.did")).isNotNull();
    }

    @Test
    void aVersionThatIsNotCompatibleIsRefusedAtTheStart() throws Exception {
        String subject = "taken-value";
        send("POST", "/subjects/" + subject + "/versions", RegistryJson.schemaRequest("""
                {"type":"record","name":"Capture","namespace":"io.tillwatch.schemas.record",
                 "fields":[{"name":"amount","type":"string"}]}"""));
        send("PUT", "/config/" + subject, "{\"compatibility\":\"FULL\"}");
        assertThatThrownBy(() -> wire().writer(RecordType.CAPTURE, "taken"))
                .isInstanceOf(SchemasUnavailableException.class)
                .hasMessageContaining("taken-value")
                .hasMessageContaining("not compatible");
    }

    @Test
    void readsOnWhileTheRegistryIsAwayAndWaitsForAnIdItHasNotSeen() throws Exception {
        try (ApicurioRegistry own = new ApicurioRegistry(Path.of("target", "apicurio"), Path.of("target", "own.log"))) {
            own.start();
            Wire wire = Wire.of(Map.of(RegistrySettings.URL, own.url()));
            RecordReader<Capture> reader = wire.reader(RecordType.CAPTURE);
            RecordWriter<Capture> writer = wire.writer(RecordType.CAPTURE, TOPIC);
            byte[] bytes = writer.write(Captures.ONE);
            assertThat(reader.read(bytes)).isInstanceOf(Decoded.Value.class);
            own.stop();
            assertThat(reader.read(writer.write(Captures.ONE))).isInstanceOf(Decoded.Value.class);
            byte[] unseen = bytes.clone();
            ByteBuffer.wrap(unseen).putInt(1, 77);
            assertThatThrownBy(() -> reader.read(unseen))
                    .isInstanceOf(SchemasUnavailableException.class)
                    .hasMessageContaining(own.url());
            assertThat(wire.failures()).isPositive();
        }
    }

    private static Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("apicurio.registry.url", registry.nativeUrl());
        settings.put("apicurio.registry.auto-register", "true");
        // The four bytes of Confluent's clients, and not the eight of Apicurio's own.
        settings.put("apicurio.registry.as-confluent", "true");
        settings.put("apicurio.registry.use-id", "contentId");
        return settings;
    }

    private static String get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    private static String send(String method, String path, String bodyOrNull) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = bodyOrNull == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(bodyOrNull);
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
