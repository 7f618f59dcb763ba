package io.tillwatch.schemas.signature;

import static io.tillwatch.schemas.signature.CommandSignature.Check.MISSING;
import static io.tillwatch.schemas.signature.CommandSignature.Check.UNKNOWN_KEY;
import static io.tillwatch.schemas.signature.CommandSignature.Check.VALID;
import static io.tillwatch.schemas.signature.CommandSignature.Check.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.Original;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandSignatureTest {

    private static final SigningKey KEY = new SigningKey("k1", filled(32, 7));
    private static final Map<String, SigningKey> KEYS = Map.of("k1", KEY);

    @Test
    void acceptsWhatItSigned() {
        Command signed = CommandSignature.sign(command(), KEY);
        assertThat(CommandSignature.check(signed, KEYS)).isEqualTo(VALID);
        assertThat(CommandSignature.sign(signed, KEY)).as("signed again").isEqualTo(signed);
    }

    @Test
    void writesTheSameContentForEveryIssue() {
        Command first = command();
        Command withdrawn = CommandSignature.sign(
                Command.newBuilder(first)
                        .setIssue(2)
                        .setStatus(CommandStatus.WITHDRAWN)
                        .build(),
                KEY);
        assertThat(CommandSignature.content(withdrawn)).isEqualTo(CommandSignature.content(first));
        assertThat(CommandSignature.contentHash(withdrawn)).isEqualTo(CommandSignature.contentHash(first));
    }

    @Test
    void writesEachFieldWithItsLengthSoThatNoValueCanPassForAnotherField() {
        Command tricky =
                Command.newBuilder(command()).setAlertId("a\npaymentId 3 p-2").build();
        assertThat(new String(CommandSignature.content(tricky), StandardCharsets.UTF_8))
                .startsWith(
                        "commandId 30 p-1:CAPTURE_FAILED:c-1#REVERSE\nalertId 17 a\npaymentId 3 p-2\npaymentId 3 p-1\n"
                                .replace("30", Integer.toString("p-1:CAPTURE_FAILED:c-1#REVERSE".length())))
                .contains("\noriginal.acquirerId 1 A\n");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("amount", change(c -> c.setAmount(101))),
                Arguments.of("issue", change(c -> c.setIssue(2))),
                Arguments.of("status", change(c -> c.setStatus(CommandStatus.WITHDRAWN))),
                Arguments.of("action", change(c -> c.setAction(Action.REFUND))),
                Arguments.of("payment", change(c -> c.setPaymentId("p-2"))),
                Arguments.of("currency", change(c -> c.setCurrency("USD"))),
                Arguments.of("approval", change(c -> c.setApproval(Approval.AUTOMATIC))),
                Arguments.of("no reason", change(c -> c.setApprovalReason(null))),
                Arguments.of("expiry", change(c -> c.setExpiresAt(Instant.ofEpochMilli(9)))),
                Arguments.of(
                        "original",
                        change(c -> c.setOriginal(Original.newBuilder(original())
                                .setCaptureId("c-2")
                                .build()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void refusesWhatWasChangedAfterwards(String what, UnaryOperator<Command> change) {
        Command changed = change.apply(CommandSignature.sign(command(), KEY));
        assertThat(CommandSignature.check(changed, KEYS)).as(what).isEqualTo(WRONG);
    }

    @Test
    void tellsApartWhatIsWrongWithASignature() {
        Command signed = CommandSignature.sign(command(), KEY);
        assertThat(CommandSignature.check(command(), KEYS)).isEqualTo(MISSING);
        assertThat(CommandSignature.check(signed, Map.of())).isEqualTo(UNKNOWN_KEY);
        assertThat(CommandSignature.check(with(signed, "k1"), KEYS)).isEqualTo(UNKNOWN_KEY);
        assertThat(CommandSignature.check(with(signed, "k1:*"), KEYS)).isEqualTo(UNKNOWN_KEY);
        assertThat(CommandSignature.check(with(signed, "k1:"), KEYS)).isEqualTo(WRONG);
        SigningKey another = new SigningKey("k1", filled(32, 8));
        assertThat(CommandSignature.check(signed, Map.of("k1", another))).isEqualTo(WRONG);
    }

    /** What a new field would need a thought about: each kind of field there is has a canonical form. */
    @Test
    void hasACanonicalFormForEveryFieldOfTheSchema() {
        String content = new String(CommandSignature.content(command()), StandardCharsets.UTF_8);
        for (Schema.Field field : Command.getClassSchema().getFields()) {
            boolean written = content.contains(field.name() + " ") || content.contains(field.name() + ".");
            boolean left = field.name().matches("issue|status|signature");
            assertThat(written).as(field.name()).isEqualTo(!left);
        }
    }

    @Test
    void readsAKeyFromAFileAndSaysWhatIsWrongWithIt(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("key");
        assertThatThrownBy(() -> SigningKey.read("k1", file)).hasMessageContaining("cannot be read");
        Files.writeString(file, "no base64!\n");
        assertThatThrownBy(() -> SigningKey.read("k1", file)).hasMessageContaining("one line of base64");
        Files.writeString(file, "AAAA\n");
        assertThatThrownBy(() -> SigningKey.read("k1", file)).hasMessageContaining("has 3 bytes");
        Files.writeString(file, java.util.Base64.getEncoder().encodeToString(filled(32, 7)) + "\n");
        assertThatThrownBy(() -> SigningKey.read("a b", file)).hasMessageContaining("signing key id");
        SigningKey read = SigningKey.read("k1", file);
        assertThat(CommandSignature.check(CommandSignature.sign(command(), read), KEYS))
                .isEqualTo(VALID);
        assertThat(read).hasToString("SigningKey[k1]");
    }

    private static Command with(Command command, String signature) {
        return Command.newBuilder(command).setSignature(signature).build();
    }

    private static UnaryOperator<Command> change(UnaryOperator<Command.Builder> change) {
        return command -> change.apply(Command.newBuilder(command)).build();
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static Original original() {
        return Original.newBuilder()
                .setAcquirerId("A")
                .setMerchantId("M")
                .setCaptureId("c-1")
                .build();
    }

    private static Command command() {
        return Command.newBuilder()
                .setCommandId("p-1:CAPTURE_FAILED:c-1#REVERSE")
                .setIssue(1)
                .setStatus(CommandStatus.ISSUED)
                .setAlertId("p-1:CAPTURE_FAILED:c-1")
                .setPaymentId("p-1")
                .setAction(Action.REVERSE)
                .setAmount(100)
                .setCurrency("EUR")
                .setCause(Cause.NETWORK)
                .setApproval(Approval.REQUIRED)
                .setApprovalReason(ApprovalReason.POLICY)
                .setIssuedAt(Instant.ofEpochMilli(1))
                .setNotBefore(Instant.ofEpochMilli(2))
                .setExpiresAt(Instant.ofEpochMilli(3))
                .setOriginal(original())
                .build();
    }
}
