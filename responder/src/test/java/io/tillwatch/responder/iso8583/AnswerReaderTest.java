package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.iso8583.RequestMaker.Made;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final Identifiers IDENTIFIERS =
            Identifiers.of(Given.IDENTIFIERS).orElseThrow();
    private static final String KEY = RequestMaker.key(Given.COMMAND);

    private final IsoFormat format = new IsoFormat();
    private final AcquirerAmounts amounts = new AcquirerAmounts(Map.of("ISK", 2));
    private final RequestMaker maker =
            new RequestMaker(format, amounts, Given.settings("127.0.0.1", 1, Duration.ofSeconds(1)));
    private final AnswerReader reader =
            new AnswerReader(amounts, Map.of("10", "DONE", "05", "OWN_CODE", "91", "NOT_FOUND"));
    private final Instruction instruction = Given.reversal(Given.COMMAND, "p-1", 12_500, 1);
    private final IsoMessage request = ((Made.Ready) maker.instruction(instruction, IDENTIFIERS)).message();

    private IsoMessage answer(IsoMessage to, String code) {
        IsoMessage answer = format.message((to.getType() & 0xFFF0) + 0x10);
        answer.copyFieldsFrom(to, 3, 4, 7, 11, 32, 37, 41, 42, 48, 49, 90);
        IsoFormat.set(answer, IsoFormat.RESPONSE, code);
        IsoFormat.set(answer, IsoFormat.REFERENCE, "ref-1");
        return answer;
    }

    private SendAnswer read(IsoMessage answer) {
        return reader.instruction(
                instruction, request, format.parse(answer.writeData()).orElseThrow());
    }

    @Test
    void takesAnAnswerThatRepeatsWhatWasAskedFor() {
        assertThat(read(answer(request, "00"))).isEqualTo(new SendAnswer.Done(12_500, "ref-1"));
        assertThat(read(answer(request, "10"))).isEqualTo(new SendAnswer.Done(12_500, "ref-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "21, ALREADY_REVERSED",
        "25, NOT_FOUND",
        "13, AMOUNT_TOO_HIGH",
        "12, NOT_CAPTURED",
        "94, ALREADY_CAPTURED",
        "79, ALREADY_SETTLED",
        "77, KEY_REUSED",
        "96, TRY_LATER",
        "91, NOT_FOUND",
        "05, OWN_CODE",
    })
    void mapsResponseCodesItsOwnFirst(String code, String meaning) {
        assertThat(read(answer(request, code))).isEqualTo(new SendAnswer.Declined(meaning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"06", "68", "0 ", "ZZ"})
    void doesNotGuessWhatAnUnmappedCodeMeans(String code) {
        assertThat(read(answer(request, code))).isInstanceOf(SendAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 200000",
        "4, 000000012501",
        "32, acq-2",
        "37, 000000000002",
        "42, m-2",
        "49, 840",
        "90, 010000000201010000000000000000000000000000",
        "48, k=another",
        "48, p=p-1",
        "48, nonsense",
    })
    void takesNoAnswerThatIsAboutSomethingElse(int field, String value) {
        for (String code : new String[] {"00", "25"}) {
            IsoMessage answer = answer(request, code);
            IsoFormat.set(answer, field, value);
            assertThat(read(answer)).as(code).isInstanceOf(SendAnswer.Unknown.class);
            answer.removeFields(field);
            assertThat(read(answer)).as(code).isInstanceOf(SendAnswer.Unknown.class);
        }
    }

    @Test
    void takesNoAnswerWithoutAResponseCode() {
        IsoMessage answer = answer(request, "00");
        answer.removeFields(IsoFormat.RESPONSE);
        assertThat(read(answer)).isInstanceOf(SendAnswer.Unknown.class);
    }

    private InquiryAnswer view(String captureId, String code, String currency, String more) {
        Made made = maker.inquiry(new Inquiry(Given.COMMAND, Given.target("p-1", captureId)), IDENTIFIERS);
        IsoMessage asked = ((Made.Ready) made).message();
        IsoMessage answer = answer(asked, code);
        IsoFormat.set(answer, IsoFormat.CURRENCY, currency);
        IsoFormat.set(answer, IsoFormat.PRIVATE, IsoFormat.get(asked, IsoFormat.PRIVATE) + more);
        return reader.inquiry(captureId, asked, format.parse(answer.writeData()).orElseThrow());
    }

    @Test
    void readsWhatTheAcquirerKnowsInMinorUnitsOfIso4217() {
        assertThat(view(
                        "c-1",
                        "00",
                        "352",
                        ";au=APPROVED;aa=12500;h=100;n=12400;se=12300;cs=SETTLED;ca=12400;cr=200;cf=300;ct=12300"
                                + ";cj=-400;e=-500;ef=sim-1"))
                .isEqualTo(new InquiryAnswer.Known(new PaymentView(
                        "ISK",
                        new PaymentView.AuthorizationView(PaymentView.AuthorizationStatus.APPROVED, 125),
                        1,
                        124,
                        123,
                        new PaymentView.CaptureView("c-1", 124, 2, 3, 123, -4, PaymentView.CaptureStatus.SETTLED),
                        new PaymentView.EffectView(-5, "sim-1"))));
        assertThat(view(null, "00", "978", ";h=0;n=0;se=0"))
                .isEqualTo(new InquiryAnswer.Known(new PaymentView("EUR", null, 0, 0, 0, null, null)));
        assertThat(view(null, "25", null, "")).isEqualTo(new InquiryAnswer.NotFound());
        assertThat(view(null, "40", null, "")).isEqualTo(new InquiryAnswer.Unsupported());
    }

    @ParameterizedTest
    @CsvSource({
        "00, 978, ;h=0;n=0",
        "00, 978, ;h=-1;n=0;se=0",
        "00, 978, ;h=1.5;n=0;se=0",
        "00, 978, ;h=99999999999999999999;n=0;se=0",
        "00, 978, ;h=0;n=0;se=0;au=MAYBE;aa=1",
        "00, 978, ;h=0;n=0;se=0;au=APPROVED",
        "00, 978, ;h=0;n=0;se=0;cs=SETTLED",
        "00, 978, ;h=0;n=0;se=0;h=1",
        "00, 978, ;h=0;n=0;se=0;e=",
        "00, 352, ;h=1;n=0;se=0",
        "00, 000, ;h=0;n=0;se=0",
        "00, , ;h=0;n=0;se=0",
        "96, 978, ;h=0;n=0;se=0",
        "79, 978, ;h=0;n=0;se=0",
    })
    void doesNotKnowWhatCannotBeReliedOn(String code, String currency, String more) {
        assertThat(view("c-1", code, currency, more)).isInstanceOf(InquiryAnswer.Unknown.class);
    }

    @Test
    void readsNothingIntoGarbage() {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println("answers: seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        Random random = new Random(seed);
        byte[] good = answer(request, "25").writeData();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = good.clone();
            if (random.nextInt(3) == 0) {
                bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
            } else {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            Optional<IsoMessage> parsed = format.parse(bytes);
            if (parsed.isPresent() && parsed.get().getType() == 0x0410) {
                SendAnswer read = reader.instruction(instruction, request, parsed.get());
                boolean repeats = IsoFormat.get(parsed.get(), IsoFormat.PRIVATE).contains(KEY)
                        && "000000012500".equals(IsoFormat.get(parsed.get(), IsoFormat.AMOUNT));
                assertThat(read instanceof SendAnswer.Unknown || repeats).isTrue();
            }
        }
    }

    @Test
    void takesNoMessageWithSomethingBehindItOrHalfOfOne() {
        byte[] good = answer(request, "00").writeData();

        assertThat(format.parse(good)).isPresent();
        for (int length = 0; length < good.length; length++) {
            assertThat(format.parse(Arrays.copyOf(good, length))).isEmpty();
        }
        assertThat(format.parse(Arrays.copyOf(good, good.length + 1))).isEmpty();
    }
}
