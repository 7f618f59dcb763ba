package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.solab.iso8583.IsoMessage;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.iso8583.RequestMaker.Made;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an acquirer sends on its line. */
class UntrustedMessagesTest {

    private static final Identifiers IDENTIFIERS =
            Identifiers.of(Given.IDENTIFIERS).orElseThrow();
    private static final IsoFormat FORMAT = new IsoFormat();
    private static final AcquirerAmounts AMOUNTS = new AcquirerAmounts(Map.of());
    private static final RequestMaker MAKER =
            new RequestMaker(FORMAT, AMOUNTS, Given.settings("127.0.0.1", 1, Duration.ofSeconds(1)));
    private static final AnswerReader READER = new AnswerReader(AMOUNTS, Map.of());
    private static final Instruction INSTRUCTION = Given.reversal(Given.COMMAND, "p-1", 12_500, 1);
    private static final IsoMessage INSTRUCTED = ((Made.Ready) MAKER.instruction(INSTRUCTION, IDENTIFIERS)).message();
    private static final IsoMessage ASKED =
            ((Made.Ready) MAKER.inquiry(new Inquiry(Given.COMMAND, Given.target("p-1", "c-1")), IDENTIFIERS)).message();

    @MethodSource("answers")
    @FuzzTest(maxDuration = "15m")
    void believesNothingThatDoesNotRepeatTheQuestion(byte[] bytes) {
        Optional<IsoMessage> message = FORMAT.parse(bytes);
        if (message.isEmpty()) {
            return;
        }
        assertThat(message.get().writeData()).isEqualTo(bytes);
        Object unused = READER.inquiry("c-1", ASKED, message.get());
        SendAnswer answer = READER.instruction(INSTRUCTION, INSTRUCTED, message.get());
        if (!(answer instanceof SendAnswer.Unknown)) {
            for (int field : new int[] {IsoFormat.AMOUNT, IsoFormat.CURRENCY, IsoFormat.ORIGINAL, IsoFormat.MERCHANT}) {
                assertThat(Objects.equals(IsoFormat.get(INSTRUCTED, field), IsoFormat.get(message.get(), field)))
                        .as("DE %s is the question's", field)
                        .isTrue();
            }
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of((Object) answer(INSTRUCTED, "00")),
                Arguments.of((Object) answer(INSTRUCTED, "25")),
                Arguments.of((Object) answer(ASKED, "00")));
    }

    private static byte[] answer(IsoMessage to, String code) {
        IsoMessage answer = FORMAT.message((to.getType() & 0xFFF0) + 0x10);
        answer.copyFieldsFrom(to, 3, 4, 7, 11, 32, 37, 41, 42, 48, 49, 90);
        IsoFormat.set(answer, IsoFormat.RESPONSE, code);
        IsoFormat.set(answer, IsoFormat.REFERENCE, "ref-1");
        return answer.writeData();
    }
}
