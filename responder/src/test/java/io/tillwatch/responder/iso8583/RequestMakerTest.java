package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.responder.iso8583.RequestMaker.Made;
import io.tillwatch.schemas.record.Action;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMakerTest {

    private static final Iso8583Settings SETTINGS = Given.settings("127.0.0.1", 1, Duration.ofSeconds(1));
    private static final Identifiers IDENTIFIERS =
            Identifiers.of(Given.IDENTIFIERS).orElseThrow();

    private static RequestMaker maker(Iso8583Settings settings) {
        return new RequestMaker(new IsoFormat(), new AcquirerAmounts(settings.currencyDigits()), settings);
    }

    private static Iso8583Settings with(String acquirerCode, Map<String, Integer> digits, boolean advice) {
        return new Iso8583Settings(
                SETTINGS.host(),
                SETTINGS.port(),
                SETTINGS.connectWithin(),
                SETTINGS.answerWithin(),
                SETTINGS.echoEvery(),
                acquirerCode,
                digits,
                Map.of(),
                advice);
    }

    private static IsoMessage made(Iso8583Settings settings, Instruction instruction) {
        return ((Made.Ready) maker(settings).instruction(instruction, IDENTIFIERS)).message();
    }

    private static String why(Iso8583Settings settings, Instruction instruction) {
        return ((Made.Unsendable) maker(settings).instruction(instruction, IDENTIFIERS)).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "REVERSE, 100, 1, false, 0400, 000000",
        "REVERSE, 100, 2, false, 0401, 000000",
        "REVERSE, 100, 1, true, 0420, 000000",
        "REVERSE, 100, 5, true, 0421, 000000",
        "RETRY_CAPTURE, 100, 1, false, 0220, 000000",
        "RETRY_CAPTURE, 100, 2, false, 0221, 000000",
        "REFUND, 100, 1, false, 0220, 200000",
        "ADJUST, 100, 1, false, 0220, 220000",
        "ADJUST, -100, 2, false, 0221, 020000",
        "RETRY_SETTLEMENT, 100, 1, false, 0320, 000000",
        "RETRY_SETTLEMENT, 100, 3, false, 0321, 000000",
    })
    void namesWhatIsAskedForByTypeAndProcessingCode(
            Action action, long amount, int attempt, boolean advice, String type, String processing) {
        IsoMessage message = made(
                with(null, Map.of(), advice),
                Given.instruction(Given.COMMAND, action, Given.target("p-1", "c-1"), amount, "EUR", attempt));

        assertThat(message.getType()).isEqualTo(Integer.parseInt(type, 16));
        assertThat(IsoFormat.get(message, IsoFormat.PROCESSING)).isEqualTo(processing);
        assertThat(IsoFormat.get(message, IsoFormat.AMOUNT)).isEqualTo("000000000100");
    }

    @Test
    void carriesAllThatIdentifiesTheOriginalAndNeverACardNumber() {
        IsoMessage message = made(SETTINGS, Given.reversal(Given.COMMAND, "p/1 ü", 12_500, 1));

        assertThat(message.hasField(2)).isFalse();
        assertThat(IsoFormat.get(message, IsoFormat.TRANSMITTED)).isEqualTo("0101120000");
        assertThat(IsoFormat.get(message, IsoFormat.STAN)).isEqualTo("000042");
        assertThat(IsoFormat.get(message, IsoFormat.LOCAL_TIME)).isEqualTo("120000");
        assertThat(IsoFormat.get(message, IsoFormat.LOCAL_DATE)).isEqualTo("0101");
        assertThat(IsoFormat.get(message, IsoFormat.ACQUIRER)).isEqualTo("acq-1");
        assertThat(IsoFormat.get(message, IsoFormat.RRN)).isEqualTo("000000000001");
        assertThat(IsoFormat.get(message, IsoFormat.AUTH_CODE)).isEqualTo("A12345");
        assertThat(IsoFormat.get(message, IsoFormat.TERMINAL)).isEqualTo("t-1");
        assertThat(IsoFormat.get(message, IsoFormat.MERCHANT)).isEqualTo("m-1");
        assertThat(IsoFormat.get(message, IsoFormat.CURRENCY)).isEqualTo("978");
        assertThat(IsoFormat.get(message, IsoFormat.ORIGINAL))
                .isEqualTo("0100" + "000001" + "0101000000" + "0".repeat(22));
        assertThat(IsoFormat.get(message, IsoFormat.PRIVATE))
                .isEqualTo(
                        "k=" + RequestMaker.key(Given.COMMAND) + ";s=000001;r=000000000001;p=p%2F1%20%C3%BC;t=tok-1");
        assertThat(RequestMaker.key(Given.COMMAND)).hasSize(43);
    }

    @Test
    void repeatsTheSameButForTheType() {
        byte[] first =
                made(SETTINGS, Given.reversal(Given.COMMAND, "p-1", 100, 1)).writeData();
        byte[] repeat =
                made(SETTINGS, Given.reversal(Given.COMMAND, "p-1", 100, 2)).writeData();

        assertThat(repeat[3]).isEqualTo((byte) '1');
        repeat[3] = '0';
        assertThat(repeat).isEqualTo(first);
    }

    @Test
    void asksAboutAPaymentWithoutAnAmount() {
        Made made = maker(SETTINGS).inquiry(new Inquiry(Given.COMMAND, Given.target("p-1", "c-1")), IDENTIFIERS);
        IsoMessage message = ((Made.Ready) made).message();

        assertThat(message.getType()).isEqualTo(0x0600);
        assertThat(message.hasField(IsoFormat.AMOUNT)).isFalse();
        assertThat(IsoFormat.get(message, IsoFormat.PRIVATE)).contains("c=c-1", "p=p-1");
    }

    @Test
    void doesNotSendAnAmountThatAMessageCannotCarry() {
        assertThat(IsoFormat.get(made(SETTINGS, Given.reversal("c", "p", 999_999_999_999L, 1)), IsoFormat.AMOUNT))
                .isEqualTo("999999999999");
        assertThat(why(SETTINGS, Given.reversal("c", "p", 1_000_000_000_000L, 1)))
                .contains("does not fit DE 4");
        assertThat(why(
                        with(null, Map.of("KWD", 2), false),
                        Given.instruction("c", Action.REVERSE, Given.target("p", null), 1_005, "KWD", 1)))
                .contains("no whole number of the acquirer's minor units");
        assertThat(why(
                        with(null, Map.of("ISK", 2), false),
                        Given.instruction("c", Action.REVERSE, Given.target("p", null), 10_000_000_000L, "ISK", 1)))
                .contains("does not fit DE 4");
        assertThat(why(SETTINGS, Given.instruction("c", Action.REVERSE, Given.target("p", null), 1, "QQQ", 1)))
                .contains("currency has no number");
    }

    @Test
    void leavesOutTheCardTokenAndThenThePaymentButNeverTheCapture() {
        String longest = "ü".repeat(128);
        Instruction wide = Given.instruction("c", Action.REVERSE, Given.target(longest, "c-1"), 1, "EUR", 1);
        Instruction wider =
                Given.instruction("c", Action.REVERSE, Given.target("p".repeat(128), "c".repeat(790)), 1, "EUR", 1);
        Instruction widest =
                Given.instruction("c", Action.REVERSE, Given.target("p-1", longest + longest), 1, "EUR", 1);

        assertThat(IsoFormat.get(made(SETTINGS, wide), IsoFormat.PRIVATE)).contains(";p=", ";t=");
        assertThat(IsoFormat.get(made(SETTINGS, wider), IsoFormat.PRIVATE))
                .doesNotContain("t=")
                .contains(";c=cc");
        assertThat(why(SETTINGS, widest)).contains("captureId, stan and rrn do not fit");
    }

    @Test
    void doesNotSendWhatTheAcquirerCouldNotTellFromAnotherPayment() {
        Target known = Given.target("p".repeat(128), "c".repeat(900));
        Target unknown =
                new Target(known.paymentId(), "acq-1", "m-1", null, null, known.captureId(), null, null, null, null);
        String acquirerTooLong = "an-acquirer-id";
        Target elsewhere = new Target("p-1", acquirerTooLong, "m-1", null, null, null, "000001", null, null, null);

        assertThat(made(SETTINGS, Given.instruction("c", Action.REVERSE, known, 1, "EUR", 1))
                        .hasField(IsoFormat.PRIVATE))
                .isTrue();
        assertThat(why(SETTINGS, Given.instruction("c", Action.REVERSE, unknown, 1, "EUR", 1)))
                .contains("paymentId does not fit");
        Instruction there = Given.instruction("c", Action.REVERSE, elsewhere, 1, "EUR", 1);
        assertThat(why(SETTINGS, there)).contains("set acquirerCode");
        assertThat(IsoFormat.get(made(with("00000000007", Map.of(), false), there), IsoFormat.ACQUIRER))
                .isEqualTo("00000000007");
    }
}
