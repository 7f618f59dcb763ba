package io.tillwatch.responder.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.record.Action;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an acquirer answers over HTTP. */
class UntrustedBodiesTest {

    private static final int[] STATUSES = {200, 201, 404, 422, 501, 500};
    private static final String KEY = "key-1";
    private static final Target TARGET =
            new Target("p-1", "acq-1", "m-1", "t-1", "tok-1", "c-1", "000001", "000000000001", "A1", Instant.EPOCH);

    /** The first byte says with which status. */
    @MethodSource("bodies")
    @FuzzTest(maxDuration = "15m")
    void believesNothingThatIsNotAboutWhatWasAsked(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int status = STATUSES[Math.floorMod(bytes[0], STATUSES.length)];
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        SendAnswer answer = Answers.instruction(
                status, body, new Instruction("k#1", Action.REVERSE, 100, "EUR", TARGET, 2, Map.of()), KEY);
        if (!(answer instanceof SendAnswer.Unknown)) {
            assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"");
        }
        if (answer instanceof SendAnswer.Declined declined) {
            assertThat(CardNumbers.ofSchemeWithin(declined.code())).isFalse();
        }
        if (Answers.inquiry(status, body, new Inquiry("k#1", TARGET), KEY) instanceof InquiryAnswer.Unknown unknown) {
            assertThat(CardNumbers.within(unknown.reason()))
                    .as("nothing is quoted")
                    .isFalse();
        }
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                        "0{\"key\":\"key-1\",\"action\":\"REVERSE\",\"amount\":100,\"reference\":\"r-1\"}",
                        "3{\"code\":\"TRY_LATER\",\"key\":\"key-1\"}",
                        "2{\"code\":\"NOT_FOUND\",\"paymentId\":\"p-1\"}",
                        "0{\"paymentId\":\"p-1\",\"currency\":\"EUR\",\"authorization\":{\"status\":\"APPROVED\",\"amount\":1},"
                                + "\"capture\":{\"captureId\":\"c-1\",\"amount\":1,\"reversed\":0,\"refunded\":0,\"settled\":0,"
                                + "\"adjusted\":-1,\"status\":\"SETTLED\"},\"effect\":null,\"held\":0,\"netDebit\":1,"
                                + "\"settled\":0}")
                .map(text -> {
                    byte[] seed = text.getBytes(StandardCharsets.UTF_8);
                    seed[0] = (byte) (seed[0] - '0');
                    return Arguments.of((Object) seed);
                });
    }
}
