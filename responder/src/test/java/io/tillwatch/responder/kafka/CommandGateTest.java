package io.tillwatch.responder.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.registry.Wire;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not get in from the command topics. */
class CommandGateTest {

    /** A public test number of a card scheme. */
    private static final String CARD = "4111111111111111";

    private final CommandGate gate = new CommandGate(Wire.withoutRegistry().reader(RecordType.COMMAND));

    @Test
    void letsInWhatTheJobsWrite() {
        Command command = Commands.reverse("p-1").build();
        assertThat(admit(command, "p-1", false)).isEqualTo(new CommandGate.Admitted.In(command));
        Command retry =
                Commands.command("p-1", "CAPTURE_OVERDUE", Action.RETRY_CAPTURE).build();
        assertThat(admit(retry, "p-1", true)).isInstanceOf(CommandGate.Admitted.In.class);
        Command adjust = Commands.command("p-1", "DUPLICATE_SETTLEMENT:c", Action.ADJUST)
                .setAmount(-5)
                .build();
        assertThat(admit(adjust, "p-1", false)).isInstanceOf(CommandGate.Admitted.In.class);
    }

    @Test
    void refusesWhatIsNoCommand() {
        byte[] key = bytes("p-1");
        assertThat(code(gate.admit(key, null, false))).isEqualTo("UNREADABLE");
        assertThat(code(gate.admit(key, bytes("{}"), false))).isEqualTo("UNREADABLE");
        assertThat(code(gate.admit(key, new byte[70_000], false))).isEqualTo("TOO_LARGE");
        byte[] good = new SingleObject()
                .writer(RecordType.COMMAND)
                .write(Commands.reverse("p-1").build());
        assertThat(code(gate.admit(key, Arrays.copyOf(good, good.length - 1), false)))
                .isEqualTo("UNREADABLE");
        assertThat(code(gate.admit(null, good, false))).isEqualTo("BAD_FIELD");
        assertThat(code(gate.admit(bytes("p-2"), good, false))).isEqualTo("BAD_FIELD");
        assertThat(code(gate.admit(key, good, true))).as("a retry it is not").isEqualTo("BAD_COMBINATION");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("no acquirer", "BAD_FIELD", c -> original(c, o -> o.setAcquirerId(""))),
                bad("control character", "BAD_FIELD", c -> original(c, o -> o.setMerchantId("a\nb"))),
                bad("NUL, which the database cannot hold", "BAD_FIELD", c -> original(c, o -> o.setRrn("\u0000"))),
                bad("too long", "BAD_FIELD", c -> original(c, o -> o.setTerminalId("t".repeat(129)))),
                bad("no issue", "BAD_FIELD", c -> c.setIssue(0)),
                bad("nothing", "BAD_AMOUNT", c -> c.setAmount(0)),
                bad("negative", "BAD_AMOUNT", c -> c.setAmount(-1)),
                bad("too much", "BAD_AMOUNT", c -> c.setAmount(1_000_000_000_001L)),
                bad(
                        "least of all",
                        "BAD_AMOUNT",
                        c -> c.setAction(Action.ADJUST).setAmount(Long.MIN_VALUE)),
                bad("currency", "BAD_CURRENCY", c -> c.setCurrency("eur")),
                bad("card in the alert", "CARD_NUMBER", c -> c.setAlertId("p-1:" + CARD)),
                bad("card in the command", "CARD_NUMBER", c -> c.setCommandId(CARD)),
                bad("card as the token", "CARD_NUMBER", c -> original(c, o -> o.setCardToken(CARD))),
                bad("card as the merchant", "CARD_NUMBER", c -> original(c, o -> o.setMerchantId(CARD))),
                bad("card as the terminal", "CARD_NUMBER", c -> original(c, o -> o.setTerminalId(CARD))),
                bad("card as the acquirer", "CARD_NUMBER", c -> original(c, o -> o.setAcquirerId(CARD))),
                bad("card as the capture", "CARD_NUMBER", c -> original(c, o -> o.setCaptureId(CARD))),
                bad("card as the stan", "CARD_NUMBER", c -> original(c, o -> o.setStan(CARD))),
                bad("card as the rrn", "CARD_NUMBER", c -> original(c, o -> o.setRrn(CARD))),
                bad("card as the approval", "CARD_NUMBER", c -> original(c, o -> o.setAuthCode(CARD))),
                bad("card as the counterpart", "CARD_NUMBER", c -> original(c, o -> o.setCounterpartPaymentId(CARD))),
                bad("card as the signature", "CARD_NUMBER", c -> c.setSignature(CARD)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refusesWhatACommandMayNotSayWithoutRepeatingIt(
            String what, String expected, UnaryOperator<Command.Builder> change) {
        Command command = change.apply(Commands.reverse("p-1")).build();
        CommandGate.Admitted admitted = admit(command, "p-1", false);
        assertThat(code(admitted)).as(what).isEqualTo(expected);
        assertThat(admitted.toString()).doesNotContain(CARD);
    }

    @Test
    void refusesACardNumberAsThePaymentItself() {
        assertThat(code(admit(Commands.reverse(CARD).build(), CARD, false))).isEqualTo("CARD_NUMBER");
    }

    private CommandGate.Admitted admit(Command command, String key, boolean retries) {
        return gate.admit(
                bytes(key), new SingleObject().writer(RecordType.COMMAND).write(command), retries);
    }

    private static String code(CommandGate.Admitted admitted) {
        return admitted instanceof CommandGate.Admitted.Refused refused ? refused.code() : "admitted";
    }

    private static Arguments bad(String what, String code, UnaryOperator<Command.Builder> change) {
        return Arguments.of(what, code, change);
    }

    private static Command.Builder original(Command.Builder command, UnaryOperator<Original.Builder> change) {
        return command.setOriginal(change.apply(Commands.original()).build());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
