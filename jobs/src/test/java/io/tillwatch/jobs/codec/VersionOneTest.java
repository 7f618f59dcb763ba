package io.tillwatch.jobs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.Original;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.fact.Taint;
import io.tillwatch.rules.guard.FeedWatch;
import io.tillwatch.rules.guard.Guard;
import io.tillwatch.rules.guard.Sound;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What version 1 wrote, kept as it was written: each later build must read it. The samples hold every field of every type;
 * a codec whose bytes change gets a new version, and this file stays as it is.
 */
class VersionOneTest {

    private static final String BYTES = "version-1.txt";
    private static final long T = 1_800_000_000_000L;

    private static final Authorization AUTHORIZATION = new Authorization(
            common("e1", "ter-1", "00"),
            Authorization.Kind.PREAUTH,
            Authorization.Status.APPROVED,
            Authorization.CaptureMode.SEPARATE,
            "tok-1",
            "A1",
            "000017",
            "rrn-1");
    private static final Capture CAPTURE = new Capture(common("e2", null, "91"), "c1", Capture.Status.FAILED, true);
    private static final Settlement SETTLEMENT =
            new Settlement(common("e3", null, null), "s1", "c1", Settlement.Status.REJECTED, -30, "b1");
    private static final Reversal REVERSAL = new Reversal(
            common("e4", "ter-2", null),
            "x1",
            Reversal.Kind.REFUND,
            Reversal.Status.DONE,
            "c1",
            "p:OVER_RETURNED#REFUND",
            "tok-1",
            12_500L);
    private static final Outcome OUTCOME = new Outcome(
            "e5", "p:X#ADJUST", "p", T, T + 7, Outcome.Result.ESCALATED, 5, "JPY", "c1", "a person must see to it: 東京");
    private static final Suspicion SUSPICION = new Suspicion("e6", "p", "q", T, T, Suspicion.Confidence.SUSPECTED);
    private static final Taint TAINT = new Taint("p", T, Feed.REVERSALS);
    private static final Command COMMAND = new Command(
            "p:X#REVERSE",
            2,
            true,
            "p:X",
            "p",
            Action.RETRY_SETTLEMENT,
            12_500,
            "GBP",
            Cause.FUNDS,
            Approval.REQUIRED,
            ApprovalReason.BUDGET_EXCEEDED,
            T,
            T + 1,
            T + 2,
            new Original("acq-1", "mer-1", "ter-1", "tok-1", "000017", "rrn-1", "A1", T - 1, "c1", "q"));
    private static final Facts FACTS = new Facts(
            List.of(AUTHORIZATION),
            List.of(CAPTURE),
            List.of(SETTLEMENT),
            List.of(REVERSAL),
            List.of(OUTCOME),
            List.of(SUSPICION),
            CAPTURE,
            true);
    private static final AlertState ALERT_STATE = new AlertState(
            "p:X:c1",
            AlertType.REMEDY_FAILED,
            "c1",
            3,
            true,
            AlertType.Severity.WARNING,
            12_500L,
            "GBP",
            Cause.CARD,
            "p:X#REVERSE");
    private static final Alert ALERT = new Alert(
            "p:X:c1",
            3,
            true,
            AlertType.BUDGET_EXCEEDED,
            AlertType.Severity.CRITICAL,
            "p",
            "c1",
            "acq-1",
            "mer-1",
            "ter-1",
            T,
            12_500L,
            "GBP",
            Cause.UNKNOWN,
            "p:X#REVERSE",
            new Evidence(FACTS, List.of(COMMAND), 1, 2, 3));
    private static final Sign SIGN = new Sign(
            Sign.Kind.RETURNED,
            new LookalikeKey("tok-1", "mer-1", 12_500, "GBP"),
            "e4",
            "p",
            "acq-1",
            T,
            T + 9,
            Authorization.Kind.INCREMENT,
            "ter-1",
            "000017",
            "rrn-1");
    private static final DeadLetter DEAD_LETTER = new DeadLetter(
            "captures",
            11,
            123_456_789_012L,
            T,
            new Refusal(Refusal.Code.CARD_NUMBER, "detail: holds one"),
            key(),
            null);
    private static final PolicyChange CHANGE =
            new PolicyChange("merchant:mer-1", Map.of(Setting.CAPTURE_WITHIN, 5L, Setting.REFUND_MODE, 2L));
    private static final Payment.Memory PAYMENT = new Payment.Memory(
            FACTS,
            List.of(ALERT_STATE),
            List.of(COMMAND),
            T,
            Payment.NEVER,
            T + 5,
            List.of(AUTHORIZATION, CAPTURE, SETTLEMENT, REVERSAL, OUTCOME, SUSPICION, TAINT),
            List.of(new Payment.EarlyAlert(ALERT_STATE.cleared(), T + 6)),
            null,
            T + 7);
    private static final Guard.Memory GUARD = new Guard.Memory(
            List.of(new FeedWatch(T, T + 1, 10, true, 3), FeedWatch.NEW, FeedWatch.NEW),
            List.of(new Guard.Spent(T, 100, Map.of("GBP", 5_000_000L, "JPY", 1L))),
            4,
            true);
    private static final LookalikesCodec.Asleep LOOKALIKES = new LookalikesCodec.Asleep(
            Lookalikes.NEVER,
            new Lookalikes(List.of(SIGN), List.of(new Lookalikes.Held("p", "q", Suspicion.Confidence.EXACT)), T + 1));

    private static FeedRecord.Common common(String event, String terminal, String code) {
        return new FeedRecord.Common(event, "p", T, T + 250, "acq-1", "mer-1", terminal, 12_500, "GBP", code);
    }

    private static byte[] key() {
        return new byte[] {'p', -1, 0};
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("INBOUND", codec(StreamCodec.INBOUND), new Inbound(T, TAINT, DEAD_LETTER)),
                Arguments.of("AUTHORIZATION", codec(StreamCodec.PAYMENT_EVENT), AUTHORIZATION),
                Arguments.of("CAPTURE", codec(StreamCodec.PAYMENT_EVENT), CAPTURE),
                Arguments.of("SETTLEMENT", codec(StreamCodec.PAYMENT_EVENT), SETTLEMENT),
                Arguments.of("REVERSAL", codec(StreamCodec.PAYMENT_EVENT), REVERSAL),
                Arguments.of("OUTCOME", codec(StreamCodec.PAYMENT_EVENT), OUTCOME),
                Arguments.of("SUSPICION_EVENT", codec(StreamCodec.PAYMENT_EVENT), SUSPICION),
                Arguments.of("TAINT", codec(StreamCodec.PAYMENT_EVENT), TAINT),
                Arguments.of("DEAD_LETTER", codec(StreamCodec.DEAD_LETTER), DEAD_LETTER),
                Arguments.of("POLICY_CHANGE", codec(StreamCodec.POLICY_CHANGE), CHANGE),
                Arguments.of("POLICY_INBOUND", codec(StreamCodec.POLICY_INBOUND), new PolicyInbound(CHANGE, null)),
                Arguments.of("POLICY_REFUSED", codec(StreamCodec.POLICY_INBOUND), new PolicyInbound(null, DEAD_LETTER)),
                Arguments.of("SIGN", codec(StreamCodec.SIGN), SIGN),
                Arguments.of("SUSPICION", codec(StreamCodec.SUSPICION), SUSPICION),
                Arguments.of("ALERT", codec(StreamCodec.ALERT), ALERT),
                Arguments.of("COMMAND", codec(StreamCodec.COMMAND), COMMAND),
                Arguments.of("ORDERED", codec(StreamCodec.GUARD_INPUT), new GuardInput.Ordered(COMMAND)),
                Arguments.of("HEARD", codec(StreamCodec.GUARD_INPUT), new GuardInput.Heard(new Sound("acq-1", T, 5))),
                Arguments.of("PAYMENT", new PaymentCodec(), PAYMENT),
                Arguments.of("GUARD", new GuardCodec(), GUARD),
                Arguments.of("LOOKALIKES", new LookalikesCodec(), LOOKALIKES));
    }

    private static Codec<?> codec(StreamCodec which) {
        return which.codec();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    @DisplayName("state that version 1 wrote is still read")
    <T> void isStillRead(String name, Codec<T> codec, T sample) throws IOException {
        T read = new Packed<>(codec).value(Base64.getDecoder().decode(kept(name)));

        assertThat(read).usingRecursiveComparison().isEqualTo(sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    @DisplayName("what is written as version 1 is what version 1 wrote")
    <T> void isStillWrittenAlike(String name, Codec<T> codec, T sample) throws IOException {
        if (codec.version() == 1) {
            assertThat(Base64.getEncoder().encodeToString(new Packed<>(codec).bytes(sample)))
                    .as("other bytes need another version: %s", name)
                    .isEqualTo(kept(name));
        }
    }

    private static String kept(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(VersionOneTest.class.getResourceAsStream(BYTES), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> line.startsWith(name + ' '))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElse("");
        }
    }
}
