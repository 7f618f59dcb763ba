package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.given.Given;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.Original;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.signature.CommandSignature;
import io.tillwatch.schemas.signature.SigningKey;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which key and in which topic results are written. */
class KafkaResultsTest {

    private static final Wire.Writing PLAIN = Wire.Writing.singleObject();

    @ParameterizedTest
    @CsvSource({
        "REVERSE,reversals",
        "REFUND,reversals",
        "ADJUST,reversals",
        "RETRY_CAPTURE,retries",
        "RETRY_SETTLEMENT,retries"
    })
    void writesACommandToTheTopicOfItsAction(Action action, String topic) throws Exception {
        KafkaResults.CommandSchema schema =
                new KafkaResults.CommandSchema("reversals", PLAIN, "retries", PLAIN, Optional.empty());
        schema.open(null, null);

        ProducerRecord<byte[], byte[]> written = schema.serialize(command(action), null, null);

        assertThat(written.topic()).isEqualTo(topic);
        assertThat(written.key()).isEqualTo(Feeds.utf8("p-1"));
        assertThat(new SingleObject().reader(RecordType.COMMAND).read(written.value()))
                .isInstanceOfSatisfying(
                        Decoded.Value.class,
                        read -> assertThat(read.value())
                                .extracting("commandId", "amount")
                                .containsExactly("p-1:X#" + action, -5L));
    }

    @Test
    void signsACommandWithTheKeyInTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]) + System.lineSeparator());
        KafkaResults.CommandSchema schema = new KafkaResults.CommandSchema(
                "reversals", PLAIN, "retries", PLAIN, Optional.of(new SigningKeyFile("k1", file.toString())));
        schema.open(null, null);

        ProducerRecord<byte[], byte[]> written = schema.serialize(command(Action.REVERSE), null, null);

        Decoded<io.tillwatch.schemas.record.Command> read =
                new SingleObject().reader(RecordType.COMMAND).read(written.value());
        io.tillwatch.schemas.record.Command signed =
                ((Decoded.Value<io.tillwatch.schemas.record.Command>) read).value();
        Map<String, SigningKey> keys = Map.of("k1", SigningKey.read("k1", file));
        assertThat(CommandSignature.check(signed, keys)).isEqualTo(CommandSignature.Check.VALID);
        var altered = io.tillwatch.schemas.record.Command.newBuilder(signed)
                .setAmount(signed.getAmount() - 1)
                .build();
        assertThat(CommandSignature.check(altered, keys)).isEqualTo(CommandSignature.Check.WRONG);
    }

    @Test
    void writesAnAlertUnderItsIdentity() throws Exception {
        KafkaResults.AlertSchema schema = new KafkaResults.AlertSchema("alerts", PLAIN);
        schema.open(null, null);
        Alert alert = new Alert(
                "FEED_SILENT:captures:acq-1",
                1,
                true,
                AlertType.FEED_SILENT,
                AlertType.Severity.CRITICAL,
                null,
                "captures",
                "acq-1",
                null,
                null,
                Given.T0,
                null,
                null,
                Cause.UNKNOWN,
                null,
                null);

        ProducerRecord<byte[], byte[]> written = schema.serialize(alert, null, null);

        assertThat(written.topic()).isEqualTo("alerts");
        assertThat(written.key()).isEqualTo(Feeds.utf8("FEED_SILENT:captures:acq-1"));
        assertThat(new SingleObject().reader(RecordType.ALERT).read(written.value()))
                .isInstanceOf(Decoded.Value.class);
    }

    @Test
    void writesASuspicionUnderTheLaterPayment() throws Exception {
        KafkaResults.SuspicionSchema schema = new KafkaResults.SuspicionSchema("suspicions", PLAIN);
        schema.open(null, null);

        ProducerRecord<byte[], byte[]> written =
                schema.serialize(Given.SHOP.suspect("later", "earlier", Given.T0), null, null);

        assertThat(written.key()).isEqualTo(Feeds.utf8("later"));
    }

    private static Command command(Action action) {
        return new Command(
                "p-1:X#" + action,
                1,
                false,
                "p-1:X",
                "p-1",
                action,
                -5,
                "GBP",
                Cause.UNKNOWN,
                Approval.AUTOMATIC,
                null,
                Given.T0,
                Given.T0,
                Given.T0,
                new Original("acq-1", "mer-1", null, null, null, null, null, null, null, null));
    }
}
