package io.tillwatch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.RegistryFormat;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RegistryClientTest {

    private static final byte[] RECORD =
            RegistryFormat.writer(RecordType.CAPTURE, 7).write(Captures.ONE);
    private static final String SCHEMA =
            RegistryJson.schemaRequest(RecordType.CAPTURE.schema().toString());

    private static RecordReader<Capture> reader(Map<String, String> settings) {
        return Wire.of(settings).reader(RecordType.CAPTURE);
    }

    private static String reason(Decoded<Capture> decoded) {
        return ((Decoded.Unreadable<Capture>) decoded).reason();
    }

    /** The record is not refused, and not lost: it is read when the registry can be asked again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            503 | {"error_code":50003,"message":"leader not known"}
            500 | oops
            404 | <html>no such service here</html>
            404 | {"message":"not of a registry"}
            401 | {"error_code":40101,"message":"Unauthorized"}
            200 | <html>a page to sign in</html>
            200 | {"schema":7}
            """)
    void readsTheRecordWhenTheRegistryIsItselfAgain(int status, String body) throws Exception {
        try (FakeRegistry fake = new FakeRegistry().answering(status, body).answering(200, SCHEMA)) {
            Wire wire = Wire.of(Map.of(RegistrySettings.URL, fake.url()));
            assertThat(wire.reader(RecordType.CAPTURE).read(RECORD)).isEqualTo(new Decoded.Value<>(Captures.ONE));
            assertThat(wire.failures()).isEqualTo(1);
            assertThat(wire.waitingMillis()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"error_code":40403,"message":"none"}                           | the registry does not know
            {"schema":"syntax","schemaType":"PROTOBUF"}                      | no Avro schema of one piece
            {"schema":"{}","references":[{"name":"a","subject":"b"}]}        | no Avro schema of one piece
            {"schema":"{\\"type\\":\\"nothing\\"}"}                          | Avro does not accept
            {"schema":"\\"string\\""}                                        | cannot read Capture
            """)
    void theRecordIsRefusedForWhatItsIdNames(String body, String reason) throws Exception {
        try (FakeRegistry fake = new FakeRegistry().answering(body.contains("error_code") ? 404 : 200, body)) {
            RecordReader<Capture> reader = reader(Map.of(RegistrySettings.URL, fake.url()));
            assertThat(reason(reader.read(RECORD))).contains(reason);
            assertThat(reason(reader.read(RECORD))).contains(reason);
            assertThat(fake.asked()).as("a flood of them is one question").isEqualTo(1);
        }
    }

    @Test
    void eachIdIsAskedForOnceByAllReaders() throws Exception {
        try (FakeRegistry fake = new FakeRegistry().answering(200, SCHEMA)) {
            Wire wire = Wire.of(Map.of(RegistrySettings.URL, fake.url()));
            for (int i = 0; i < 3; i++) {
                RecordReader<Capture> reader = wire.reader(RecordType.CAPTURE);
                reader.read(RECORD);
                reader.read(RECORD);
            }
            assertThat(fake.asked()).isEqualTo(1);
        }
    }

    @Test
    void theNextRegistryIsAskedWhereOneIsDown() throws Exception {
        try (FakeRegistry up = new FakeRegistry().answering(200, SCHEMA)) {
            RecordReader<Capture> reader =
                    reader(Map.of(RegistrySettings.URL, "http://127.0.0.1:1, " + up.url() + "/"));
            assertThat(reader.read(RECORD)).isInstanceOf(Decoded.Value.class);
        }
    }

    @Test
    void signsInAndTellsNobodyHow(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("user"), "jobs:s3cret\n");
        try (FakeRegistry fake = new FakeRegistry().answering(403, "{}")) {
            Map<String, String> settings = Map.of(
                    RegistrySettings.URL,
                    fake.url(),
                    RegistrySettings.PREFIX + "basic.auth.user.info.file",
                    file.toString());
            assertThatThrownBy(() -> reader(settings).read(RECORD))
                    .isInstanceOf(SchemasUnavailableException.class)
                    .hasMessageContaining("refuses these credentials (403)")
                    .hasMessageNotContaining("s3cret");
            assertThat(fake.authorization())
                    .isEqualTo("Basic "
                            + Base64.getEncoder().encodeToString("jobs:s3cret".getBytes(StandardCharsets.UTF_8)));
            assertThat(RegistrySettings.of(settings, new ArrayList<>()).toString())
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void aPatientReaderWaitsUntilItIsInterrupted() throws Exception {
        Wire wire = Wire.patient(
                RegistrySettings.of(Map.of(RegistrySettings.URL, "http://127.0.0.1:1"), new ArrayList<>()));
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(wire.reader(RecordType.CAPTURE).read(RECORD));
            } catch (RuntimeException e) {
                stillInterrupted.set(Thread.currentThread().isInterrupted());
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
        while (wire.failures() < 3) {
            assertThat(outcome).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(wire.waitingMillis()).isPositive();
        thread.interrupt();
        assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SchemasUnavailableException.class);
        assertThat(stillInterrupted.get()).isTrue();
        assertThat(wire.waitingMillis()).isZero();
    }

    @Test
    void withoutARegistryAnIdIsRefusedAndSaidWhatToSet() {
        assertThat(reason(Wire.withoutRegistry().reader(RecordType.CAPTURE).read(RECORD)))
                .contains("no registry is configured: set schema.registry.url");
        assertThat(reason(Wire.withoutRegistry().reader(RecordType.CAPTURE).read(new byte[] {0, 1})))
                .contains("too short");
    }

    @Test
    void allThatIsWrongWithItsSettingsIsSaidAtOnce() {
        List<String> problems = new ArrayList<>();
        RegistrySettings unused = RegistrySettings.of(
                Map.of(
                        "schema.registry.url", "http://me:s3cret@registry",
                        "schema.registry.write", "perhaps",
                        "schema.registry.basic.auth.user.info", "nobody",
                        "schema.registry.ssl.truststore.location", "/nowhere.p12",
                        "schema.registry.colour", "red"),
                problems);
        assertThat(String.join("\n", problems))
                .contains(
                        "url: is no http",
                        "write: perhaps",
                        "user.info: is not user:password",
                        "/nowhere.p12",
                        "colour")
                .doesNotContain("s3cret");
        problems.clear();
        unused = RegistrySettings.of(Map.of("schema.registry.write", "true"), problems);
        assertThat(problems).singleElement().asString().contains("of no use without schema.registry.url");
    }
}
