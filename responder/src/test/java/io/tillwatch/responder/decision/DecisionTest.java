package io.tillwatch.responder.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationStatus;
import io.tillwatch.responder.acquirer.PaymentView.AuthorizationView;
import io.tillwatch.responder.acquirer.PaymentView.CaptureStatus;
import io.tillwatch.responder.acquirer.PaymentView.CaptureView;
import io.tillwatch.responder.acquirer.PaymentView.EffectView;
import io.tillwatch.responder.given.Commands;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the acquirer's books mean for a command. A capture is written amount/reversed/refunded/settled/adjusted:STATUS, an
 * authorization STATUS:amount. Each command is about 1000 unless it says otherwise.
 */
class DecisionTest {

    @ParameterizedTest(name = "{0} with {1}, held {2}, net {3}, settled {4}, own capture {5}: {6}")
    @CsvSource({
        // alert,                       authorization, held, net,  settled, capture paymentId,        verdict
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 1000, 0,    0,       -,                        SEND",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 2000, 0,    0,       -,                        SEND",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 0,    1000, 0,       1000/0/0/0/0:ACCEPTED,    SEND",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 0,    1000, 1000,    1000/0/0/1000/0:SETTLED,  ESCALATE SETTLED",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 0,    1000, 0,       -,                        ESCALATE CAPTURED",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 400,  600,  0,       -,                        ESCALATE LESS_LEFT",
        "AUTHORIZATION_UNANSWERED:e,    APPROVED:1000, 0,    0,    0,       -,                        NOT_NEEDED NOTHING_LEFT",
        "AUTHORIZATION_UNANSWERED:e,    DECLINED:1000, 0,    0,    0,       -,                        NOT_NEEDED NOT_APPROVED",
        "AUTHORIZATION_UNANSWERED:e,    REVERSED:1000, 0,    0,    0,       -,                        NOT_NEEDED ALREADY_REVERSED",
        "AUTHORIZATION_UNANSWERED:e,    -,             0,    0,    0,       -,                        NOT_NEEDED NEVER_APPROVED",
        "PREAUTH_EXPIRED,               APPROVED:1000, 1000, 0,    0,       -,                        SEND",
        "PREAUTH_EXPIRED,               APPROVED:1000, 0,    1000, 0,       1000/0/0/0/0:ACCEPTED,    ESCALATE CAPTURED",
        "PREAUTH_EXPIRED,               APPROVED:1000, 500,  500,  500,     -,                        ESCALATE SETTLED",
        "DUPLICATE_AUTHORIZATION,       APPROVED:1000, 0,    1000, 0,       -,                        SEND",
        "DUPLICATE_AUTHORIZATION,       APPROVED:1000, 400,  600,  0,       -,                        SEND",
        "DUPLICATE_AUTHORIZATION,       APPROVED:1000, 0,    1000, 1000,    -,                        ESCALATE SETTLED",
        "CAPTURE_EXCEEDS_AUTHORIZATION, APPROVED:1000, 0,    2000, 0,       -,                        SEND",
        "CAPTURE_EXCEEDS_AUTHORIZATION, APPROVED:1000, 0,    2000, 1500,    -,                        ESCALATE SETTLED",
        "SOMETHING_NEWER,               APPROVED:1000, 0,    1000, 0,       -,                        ESCALATE CAPTURED",
    })
    void reversesAPaymentOnlyWhereNothingElseHasHappenedToIt(
            String alert, String authorization, long held, long net, long settled, String capture, String expected) {
        Command command = Commands.command("p-1", alert, Action.REVERSE).build();
        PaymentView view = view(authorization, held, net, settled, capture("p-1", capture));
        assertThat(judge(command, view)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} with capture {1}, held {2}, net {3}: {4}")
    @CsvSource({
        "DUPLICATE_CAPTURE:c-1,     1000/0/0/0/0:ACCEPTED,      0,    2000, SEND",
        "DUPLICATE_CAPTURE:c-1,     1500/500/0/0/0:ACCEPTED,    0,    2000, SEND",
        "DUPLICATE_CAPTURE:c-1,     1000/1/0/0/0:ACCEPTED,      0,    1999, ESCALATE LESS_LEFT",
        "DUPLICATE_CAPTURE:c-1,     1000/1000/0/0/0:REVERSED,   0,    1000, NOT_NEEDED ALREADY_REVERSED",
        "DUPLICATE_CAPTURE:c-1,     1000/0/1000/1000/0:SETTLED, 0,    1000, NOT_NEEDED ALREADY_REVERSED",
        "DUPLICATE_CAPTURE:c-1,     1000/0/0/1000/0:SETTLED,    0,    2000, ESCALATE SETTLED",
        "DUPLICATE_CAPTURE:c-1,     1000/0/0/400/0:ACCEPTED,    0,    2000, ESCALATE SETTLED",
        "DUPLICATE_CAPTURE:c-1,     -,                          1000, 0,    ESCALATE NOT_CAPTURED",
        "SETTLEMENT_FAILED:c-1,     1000/0/0/0/0:REJECTED,      0,    1000, SEND",
        "CAPTURE_ON_DECLINED:c-1,   1000/0/0/0/0:ACCEPTED,      0,    1000, SEND",
        "CAPTURE_FAILED:c-1,        -,                          1000, 0,    SEND the hold",
        "CAPTURE_FAILED:c-1,        -,                          999,  0,    ESCALATE LESS_LEFT",
        "CAPTURE_FAILED:c-1,        -,                          0,    1000, ESCALATE CAPTURED",
        "CAPTURE_FAILED:c-1,        -,                          0,    0,    NOT_NEEDED NOTHING_LEFT",
    })
    void reversesACaptureOnlyIfItIsThereAndNotSettled(
            String alert, String capture, long held, long net, String expected) {
        Command command = aboutCapture(alert, Action.REVERSE, 1_000);
        PaymentView view = view("APPROVED:1000", held, net, 0, capture("c-1", capture));
        assertThat(judge(command, view)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "net {0}, settled {1}: {2}")
    @CsvSource({
        "1000, 1000, SEND",
        "1000, 0,    SEND",
        "2000, 2000, SEND",
        "999,  999,  ESCALATE LESS_LEFT",
        "0,    0,    NOT_NEEDED NOTHING_LEFT",
    })
    void refundsWhatIsDebitedOnce(long net, long settled, String expected) {
        Command command = Commands.command("p-1", "DUPLICATE_AUTHORIZATION", Action.REFUND)
                .build();
        assertThat(judge(command, view("APPROVED:1000", 0, net, settled, null))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        // captured 1000, settled 1100, so 100 too much
        "-100,  1000/0/0/1100/0:SETTLED,       SEND",
        "-100,  1000/0/0/1100/-100:SETTLED,    NOT_NEEDED BALANCED",
        "100,   1000/0/0/1100/0:SETTLED,       ESCALATE OTHER_GAP",
        "-200,  1000/0/0/1100/0:SETTLED,       ESCALATE OTHER_GAP",
        "-50,   1000/0/0/1100/0:SETTLED,       SEND",
        "100,   1000/0/0/900/0:SETTLED,        SEND",
        "-1000, 1000/1000/0/1000/0:SETTLED,    SEND",
        "-1000, 1000/0/0/2000/0:SETTLED,       SEND",
        "-1000, 1000/0/0/1000/0:SETTLED,       NOT_NEEDED BALANCED",
        "-1000, -,                             ESCALATE NOT_CAPTURED",
    })
    void adjustsOnlyAGapThatTheAcquirerHasToo(long amount, String capture, String expected) {
        Command command = aboutCapture("SETTLEMENT_AMOUNT_MISMATCH:c-1", Action.ADJUST, amount);
        assertThat(judge(command, view("APPROVED:1000", 0, 1_000, 0, capture("c-1", capture))))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, held {1}, net {2}, capture {3}: {4}")
    @CsvSource({
        "APPROVED:1000, 1000, 0,    -,                        SEND",
        "APPROVED:1000, 999,  0,    -,                        ESCALATE LESS_LEFT",
        "APPROVED:1000, 0,    1000, 1000/0/0/0/0:ACCEPTED,    NOT_NEEDED ALREADY_CAPTURED",
        "APPROVED:1000, 0,    1000, 1000/0/0/1000/0:SETTLED,  NOT_NEEDED ALREADY_CAPTURED",
        "APPROVED:1000, 0,    0,    1000/1000/0/0/0:REVERSED, NOT_NEEDED ALREADY_REVERSED",
        "REVERSED:1000, 0,    0,    -,                        NOT_NEEDED ALREADY_REVERSED",
        "DECLINED:1000, 0,    0,    -,                        ESCALATE NOT_APPROVED",
        "-,             0,    0,    -,                        ESCALATE NOT_APPROVED",
    })
    void capturesAgainOnlyWhatIsHeldAndNotCaptured(
            String authorization, long held, long net, String capture, String expected) {
        Command command = aboutCapture("CAPTURE_FAILED:c-1", Action.RETRY_CAPTURE, 1_000);
        assertThat(judge(command, view(authorization, held, net, 0, capture("c-1", capture))))
                .isEqualTo(expected);
    }

    @Test
    void takesAnyCaptureForOneIfTheCommandNamesNone() {
        Command command =
                Commands.command("p-1", "CAPTURE_OVERDUE", Action.RETRY_CAPTURE).build();
        assertThat(judge(command, view("APPROVED:1000", 0, 1_000, 0, null))).isEqualTo("NOT_NEEDED ALREADY_CAPTURED");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "1000/0/0/0/0:ACCEPTED,    SEND",
        "1000/0/0/0/0:REJECTED,    SEND",
        "1000/500/0/0/0:ACCEPTED,  ESCALATE LESS_LEFT",
        "1000/0/0/1000/0:SETTLED,  NOT_NEEDED ALREADY_SETTLED",
        "1000/1000/0/0/0:REVERSED, NOT_NEEDED ALREADY_REVERSED",
        "-,                        ESCALATE NOT_CAPTURED",
    })
    void settlesAgainOnlyWhatIsCapturedAndNotSettled(String capture, String expected) {
        Command command = aboutCapture("SETTLEMENT_OVERDUE:c-1", Action.RETRY_SETTLEMENT, 1_000);
        assertThat(judge(command, view("APPROVED:1000", 0, 1_000, 0, capture("c-1", capture))))
                .isEqualTo(expected);
    }

    @Test
    void takesAnEffectUnderItsOwnKeyForItsOwnWhateverElseTheBooksSay() {
        PaymentView view = new PaymentView("USD", null, 0, 0, 500, null, new EffectView(1_000, "ref"));
        for (Action action : Action.values()) {
            Command command =
                    Commands.command("p-1", "CAPTURE_FAILED:c-1", action).build();
            assertThat(Decision.of(Question.of(command, Sent.REMEMBERED), new InquiryAnswer.Known(view)))
                    .isEqualTo(new Verdict.Done(1_000, "ref"));
        }
    }

    @ParameterizedTest(name = "{0} sent before, key {1}, {2}/{3}: {4}")
    @CsvSource({
        "REVERSE,          REMEMBERED, REVERSED:1000, -,                        NOT_NEEDED ALREADY_REVERSED",
        "REVERSE,          FORGOTTEN,  REVERSED:1000, -,                        ESCALATE KEY_FORGOTTEN",
        "REVERSE,          REMEMBERED, DECLINED:1000, -,                        ASK_AGAIN IN_DOUBT",
        "RETRY_SETTLEMENT, REMEMBERED, APPROVED:1000, 1000/0/0/1000/0:SETTLED,  NOT_NEEDED ALREADY_SETTLED",
        "RETRY_SETTLEMENT, FORGOTTEN,  APPROVED:1000, 1000/0/0/1000/0:SETTLED,  ESCALATE KEY_FORGOTTEN",
        "RETRY_CAPTURE,    REMEMBERED, APPROVED:1000, 1000/0/0/0/0:ACCEPTED,    ASK_AGAIN IN_DOUBT",
        "REFUND,           REMEMBERED, APPROVED:1000, 1000/1000/0/0/0:REVERSED, ASK_AGAIN IN_DOUBT",
        "ADJUST,           REMEMBERED, APPROVED:1000, 1000/0/0/1000/0:SETTLED,  ASK_AGAIN IN_DOUBT",
        "ADJUST,           FORGOTTEN,  APPROVED:1000, 1000/0/0/1000/0:SETTLED,  ESCALATE KEY_FORGOTTEN",
    })
    void takesWhatMayBeItsOwnEffectOrMayPassForNoReasonToEnd(
            Action action, Sent sent, String authorization, String capture, String expected) {
        Command command = capture.equals("-")
                ? Commands.command("p-1", "AUTHORIZATION_UNANSWERED:e", action).build()
                : aboutCapture("SETTLEMENT_OVERDUE:c-1", action, 1_000);
        PaymentView view = view(authorization, 0, 0, 0, capture("c-1", capture));
        assertThat(text(Decision.of(Question.of(command, sent), new InquiryAnswer.Known(view))))
                .isEqualTo(expected);
    }

    @Test
    void escalatesAnotherCurrency() {
        PaymentView view = new PaymentView("USD", null, 1_000, 0, 0, null, null);
        assertThat(judge(Commands.reverse("p-1").build(), view)).isEqualTo("ESCALATE OTHER_CURRENCY");
    }

    @ParameterizedTest(name = "{0}, sent before {1}, approval known {2}: not found gives {3}")
    @CsvSource({
        "REVERSE,          false, false, NOT_NEEDED NEVER_APPROVED",
        "REVERSE,          false, true,  ESCALATE NOT_FOUND",
        "REVERSE,          true,  false, ASK_AGAIN NOT_FOUND",
        "REFUND,           false, true,  ESCALATE NOT_FOUND",
        "ADJUST,           false, true,  ESCALATE NOT_FOUND",
        "RETRY_CAPTURE,    false, true,  ESCALATE NOT_FOUND",
        "RETRY_SETTLEMENT, false, true,  ESCALATE NOT_FOUND",
        "RETRY_SETTLEMENT, true,  true,  ASK_AGAIN NOT_FOUND",
    })
    void judgesAPaymentThatTheAcquirerDoesNotKnow(
            Action action, boolean sentBefore, boolean approvalKnown, String expected) {
        Command command = Commands.command("p-1", "AUTHORIZATION_UNANSWERED:e", action)
                .setOriginal(Commands.original()
                        .setAuthCode(approvalKnown ? "A1" : null)
                        .build())
                .build();
        assertThat(text(Decision.of(
                        Question.of(command, sentBefore ? Sent.REMEMBERED : Sent.NEVER), new InquiryAnswer.NotFound())))
                .isEqualTo(expected);
    }

    @Test
    void sendsOnceWhereNoInquiryIsAnswered() {
        Command command = Commands.reverse("p-1").build();
        InquiryAnswer unsupported = new InquiryAnswer.Unsupported();
        assertThat(text(Decision.of(Question.of(command, Sent.NEVER), unsupported)))
                .isEqualTo("SEND");
        assertThat(text(Decision.of(Question.of(command, Sent.REMEMBERED), unsupported)))
                .isEqualTo("ESCALATE UNKNOWN_EFFECT");
    }

    @Test
    void asksAgainWhenNothingWasAnswered() {
        InquiryAnswer unknown = new InquiryAnswer.Unknown("reset");
        for (boolean sentBefore : new boolean[] {false, true}) {
            Question question = Question.of(Commands.reverse("p-1").build(), sentBefore ? Sent.REMEMBERED : Sent.NEVER);
            assertThat(text(Decision.of(question, unknown))).isEqualTo("ASK_AGAIN NO_ANSWER");
        }
    }

    @ParameterizedTest(name = "counterpart held {0}, net {1}: {2}")
    @CsvSource({"1000, 0, stands", "0, 1000, stands", "0, 0, NOT_NEEDED COUNTERPART_GONE"})
    void looksWhetherTheCounterpartStands(long held, long net, String expected) {
        assertThat(counterpart(new InquiryAnswer.Known(view("APPROVED:1000", held, net, 0, null))))
                .isEqualTo(expected);
    }

    @Test
    void doesNotGoOnWithoutKnowingOfTheCounterpart() {
        assertThat(counterpart(new InquiryAnswer.NotFound())).isEqualTo("NOT_NEEDED COUNTERPART_GONE");
        assertThat(counterpart(new InquiryAnswer.Unsupported())).isEqualTo("ESCALATE COUNTERPART_UNKNOWN");
        assertThat(counterpart(new InquiryAnswer.Unknown("reset"))).isEqualTo("ASK_AGAIN NO_ANSWER");
    }

    @Test
    void asksAboutThePurchasesOwnCaptureOnlyWhenItReversesAPaymentAsAWhole() {
        Inquiry whole = Question.of(Commands.reverse("p-1").build(), Sent.NEVER).inquiry();
        assertThat(whole.target().captureId()).isEqualTo("p-1");
        assertThat(whole.target().stan()).isEqualTo("000123");
        Inquiry capture = Question.of(aboutCapture("DUPLICATE_CAPTURE:c-1", Action.REVERSE, 1_000), Sent.NEVER)
                .inquiry();
        assertThat(capture.target().captureId()).isEqualTo("c-1");
        Inquiry refund = Question.of(
                        Commands.command("p-1", "DUPLICATE_AUTHORIZATION", Action.REFUND)
                                .build(),
                        Sent.NEVER)
                .inquiry();
        assertThat(refund.target().captureId()).isNull();
    }

    private static Command aboutCapture(String alert, Action action, long amount) {
        return Commands.command("p-1", alert, action)
                .setAmount(amount)
                .setOriginal(Commands.original()
                        .setCaptureId("c-1")
                        .setAuthCode("A1")
                        .build())
                .build();
    }

    private static String judge(Command command, PaymentView view) {
        return text(Decision.of(Question.of(command, Sent.NEVER), new InquiryAnswer.Known(view)));
    }

    private static String counterpart(InquiryAnswer answer) {
        Optional<Verdict> verdict = Decision.ofCounterpart(answer);
        return verdict.map(DecisionTest::text).orElse("stands");
    }

    private static String text(Verdict verdict) {
        if (verdict instanceof Verdict.Send send) {
            return send.aboutCapture() ? "SEND" : "SEND the hold";
        } else if (verdict instanceof Verdict.NotNeeded notNeeded) {
            return "NOT_NEEDED " + code(notNeeded.detail());
        } else if (verdict instanceof Verdict.Escalate escalate) {
            return "ESCALATE " + code(escalate.detail());
        } else if (verdict instanceof Verdict.AskAgain again) {
            return "ASK_AGAIN " + code(again.detail());
        }
        return verdict.toString();
    }

    private static String code(String detail) {
        return detail.substring(0, detail.indexOf(':'));
    }

    private static PaymentView view(String authorization, long held, long net, long settled, CaptureView capture) {
        AuthorizationView view = authorization.equals("-")
                ? null
                : new AuthorizationView(
                        AuthorizationStatus.valueOf(authorization.split(":")[0]),
                        Long.parseLong(authorization.split(":")[1]));
        return new PaymentView("EUR", view, held, net, settled, capture, null);
    }

    private static CaptureView capture(String captureId, String text) {
        if (text.equals("-")) {
            return null;
        }
        String[] parts = text.split(":");
        String[] amounts = parts[0].split("/");
        return new CaptureView(
                captureId,
                Long.parseLong(amounts[0]),
                Long.parseLong(amounts[1]),
                Long.parseLong(amounts[2]),
                Long.parseLong(amounts[3]),
                Long.parseLong(amounts[4]),
                CaptureStatus.valueOf(parts[1]));
    }
}
