package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.acquirer.process.AcquirerProcess;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.PaymentView;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.schemas.record.Action;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Iso8583AcquirerIT {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HttpClient http = HttpClient.newHttpClient();
    private AcquirerProcess simulator;
    private Iso8583Acquirer acquirer;
    private int payments;
    private String payment;
    private String command;
    private Map<String, String> identifiers;

    @BeforeAll
    void start(@TempDir Path directory) {
        simulator = new AcquirerProcess(
                directory,
                null,
                List.of("--tier", "acq-3=C", "--iso-digits", "ISK=2", "--iso-code", "00000000001=acq-1"));
        simulator.start();
        acquirer = adapter(PATIENT);
    }

    @AfterAll
    void stop() {
        acquirer.close();
        simulator.close();
    }

    @BeforeEach
    void aPayment() {
        faults("{}");
        payment = "p-" + payments++;
        identifiers = acquirer.identify();
        command = payment + ":AUTHORIZATION_UNANSWERED:e-1#REVERSE";
        happened(
                "AUTHORIZED",
                payment,
                "EUR",
                "\"kind\":\"SALE\",\"automatic\":true,\"stan\":\"000001\","
                        + "\"rrn\":\"000000000001\",\"merchantId\":\"m-1\",\"amount\":1000");
    }

    private Iso8583Acquirer adapter(Duration answerWithin) {
        return new Iso8583Acquirer(
                new Iso8583Settings(
                        simulator.host(),
                        simulator.isoPort(),
                        PATIENT,
                        answerWithin,
                        Duration.ofSeconds(1),
                        null,
                        Map.of("ISK", 2),
                        Map.of(),
                        false),
                Clock.systemUTC());
    }

    private void happened(String event, String paymentId, String currency, String more) {
        post(
                "POST",
                "/sim/events",
                "{\"event\":\"" + event + "\",\"acquirerId\":\"acq-1\",\"paymentId\":\"" + paymentId
                        + "\",\"currency\":\"" + currency + "\",\"at\":1," + more + "}");
    }

    private void faults(String rates) {
        post("PUT", "/sim/faults", "{\"seed\":1,\"perAcquirer\":{\"*\":" + rates + "}}");
    }

    private String post(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.httpUrl() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long effects() {
        String key = RequestMaker.key(command);
        return post("GET", "/sim/effects?limit=10000", "")
                .lines()
                .filter(line -> line.contains(key))
                .count();
    }

    private Instruction reversal(int attempt) {
        return new Instruction(
                command, Action.REVERSE, 1_000, "EUR", Given.target(payment, null), attempt, identifiers);
    }

    private SendAnswer sendShortly(Instruction instruction) {
        try (Iso8583Acquirer hasty = adapter(SHORT)) {
            // So that connecting is not what it has no time for.
            assertThat(hasty.inquire(new Inquiry(null, Given.target("nobody", null))))
                    .isNotNull();
            return hasty.send(instruction);
        }
    }

    private InquiryAnswer inquire(String captureId) {
        return acquirer.inquire(new Inquiry(command, Given.target(payment, captureId)));
    }

    private PaymentView known(String captureId) {
        return ((InquiryAnswer.Known) inquire(captureId)).payment();
    }

    @Test
    void reversesOnceHoweverOftenItIsRepeated() {
        assertThat(known(payment).netDebit()).isEqualTo(1_000);

        SendAnswer first = acquirer.send(reversal(1));

        assertThat(first).isInstanceOf(SendAnswer.Done.class);
        assertThat(acquirer.send(reversal(2))).isEqualTo(first);
        assertThat(effects()).isOne();
        PaymentView after = known(payment);
        assertThat(after.authorization())
                .isEqualTo(new PaymentView.AuthorizationView(PaymentView.AuthorizationStatus.REVERSED, 1_000));
        assertThat(after.capture().status()).isEqualTo(PaymentView.CaptureStatus.REVERSED);
        assertThat(after.effect()).isEqualTo(new PaymentView.EffectView(1_000, ((SendAnswer.Done) first).reference()));
    }

    @Test
    void asksForEveryActionAndReadsEveryDecline() {
        Target capture = Given.target(payment, payment);
        happened("SETTLED", payment, "EUR", "\"amount\":1100");

        assertThat(acquirer.send(Given.instruction("1", Action.REVERSE, capture, 1_000, "EUR", 1)))
                .isEqualTo(new SendAnswer.Declined("ALREADY_SETTLED"));
        assertThat(acquirer.send(Given.instruction("2", Action.ADJUST, capture, -100, "EUR", 1)))
                .isInstanceOf(SendAnswer.Done.class);
        assertThat(acquirer.send(Given.instruction("3", Action.REFUND, capture, 1_001, "EUR", 1)))
                .isEqualTo(new SendAnswer.Declined("AMOUNT_TOO_HIGH"));
        assertThat(acquirer.send(Given.instruction("4", Action.REFUND, capture, 400, "USD", 1)))
                .isEqualTo(new SendAnswer.Declined("AMOUNT_TOO_HIGH"));
        assertThat(acquirer.send(Given.instruction("5", Action.REFUND, capture, 400, "EUR", 1)))
                .isInstanceOf(SendAnswer.Done.class);
        assertThat(acquirer.send(Given.instruction("5", Action.REFUND, capture, 401, "EUR", 2)))
                .isEqualTo(new SendAnswer.Declined("KEY_REUSED"));
        assertThat(acquirer.send(Given.instruction("6", Action.RETRY_CAPTURE, capture, 100, "EUR", 1)))
                .isEqualTo(new SendAnswer.Declined("ALREADY_CAPTURED"));
        assertThat(acquirer.send(Given.instruction("7", Action.RETRY_SETTLEMENT, capture, 100, "EUR", 1)))
                .isEqualTo(new SendAnswer.Declined("ALREADY_SETTLED"));
        assertThat(acquirer.send(Given.instruction("8", Action.REVERSE, Given.target("nobody", null), 1, "EUR", 1)))
                .isEqualTo(new SendAnswer.Declined("NOT_FOUND"));
        PaymentView.CaptureView after = known(payment).capture();
        assertThat(after.adjusted()).isEqualTo(-100);
        assertThat(after.refunded()).isEqualTo(400);
    }

    @Test
    void convertsAmountsWhereTheAcquirerHasOtherDigits() {
        payment = "p-isk";
        command = "c-isk";
        happened("AUTHORIZED", payment, "ISK", "\"kind\":\"PREAUTH\",\"stan\":\"000001\",\"amount\":5000");

        assertThat(known(null).held()).isEqualTo(5_000);
        assertThat(acquirer.send(
                        Given.instruction(command, Action.REVERSE, Given.target(payment, null), 5_000, "ISK", 1)))
                .isInstanceOf(SendAnswer.Done.class);
        assertThat(known(null).effect().amount()).isEqualTo(5_000);
        assertThat(post("GET", "/sim/effects?limit=10000", "")).contains("\"amount\":5000,\"currency\":\"ISK\"");
    }

    @Test
    void findsAPaymentByItsReferencesWhenItsIdIsTooLong() {
        payment = "ü".repeat(128);
        command = "c-long";
        happened(
                "AUTHORIZED",
                payment,
                "EUR",
                "\"kind\":\"PREAUTH\",\"stan\":\"000077\",\"rrn\":\"000000000077\","
                        + "\"merchantId\":\"m-1\",\"amount\":70");
        Target wide =
                new Target(payment, "acq-1", "m-1", null, null, "c".repeat(300), "000077", "000000000077", null, null);

        InquiryAnswer answer = acquirer.inquire(new Inquiry(command, wide));

        assertThat(((InquiryAnswer.Known) answer).payment().held()).isEqualTo(70);
    }

    @Test
    void knowsWhatIsNotKnownAndWhoDoesNotAnswer() {
        assertThat(acquirer.inquire(new Inquiry(command, Given.target("nobody", null))))
                .isEqualTo(new InquiryAnswer.NotFound());
        Target elsewhere = new Target("p-1", "acq-3", "m-1", null, null, null, null, null, null, null);
        assertThat(acquirer.inquire(new Inquiry(command, elsewhere))).isEqualTo(new InquiryAnswer.Unsupported());
    }

    @Test
    void declinesItselfWhatNoMessageCanCarryUnlessItIsARepeat() {
        assertThat(acquirer.send(Given.reversal(command, payment, 1_000_000_000_000L, 1)))
                .isEqualTo(new SendAnswer.Declined(Iso8583Acquirer.UNSENDABLE));
        assertThat(acquirer.send(Given.reversal(command, payment, 1_000_000_000_000L, 2)))
                .isInstanceOf(SendAnswer.Unknown.class);
    }

    @Test
    void doesNotKnowAfterALostRequestOrALostAnswerAndFindsOut() {
        faults("{\"dropRequest\":1}");
        assertThat(sendShortly(reversal(1))).isEqualTo(new SendAnswer.Unknown("no answer in time"));
        assertThat(effects()).isZero();

        faults("{\"dropAnswer\":1}");
        assertThat(sendShortly(reversal(2))).isEqualTo(new SendAnswer.Unknown("no answer in time"));
        assertThat(effects()).isOne();

        faults("{}");
        assertThat(known(null).effect().amount()).isEqualTo(1_000);
        assertThat(acquirer.send(reversal(3))).isInstanceOf(SendAnswer.Done.class);
        assertThat(effects()).isOne();
    }

    @Test
    void dropsAndCountsALateAnswer() {
        faults("{\"delay\":1,\"delayMillis\":1000}");
        try (Iso8583Acquirer hasty = adapter(SHORT)) {
            assertThat(hasty.send(reversal(1))).isInstanceOf(SendAnswer.Unknown.class);
            faults("{}");
            long end = System.nanoTime() + PATIENT.toNanos();
            while (hasty.counts().unmatchedAnswers() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(hasty.counts().unmatchedAnswers()).isOne();
        }
        assertThat(effects()).isOne();
    }

    @Test
    void doesNotKnowFromHalfAnAnswerAndConnectsAnew() {
        faults("{\"halfAnswer\":1}");
        assertThat(acquirer.send(reversal(1))).isEqualTo(new SendAnswer.Unknown("the connection was lost"));
        faults("{}");
        assertThat(acquirer.send(reversal(2))).isInstanceOf(SendAnswer.Done.class);
        assertThat(effects()).isOne();
    }

    @Test
    void doesNotKnowFromGarbageOrAFailure() {
        faults("{\"garbage\":1}");
        assertThat(sendShortly(reversal(1))).isInstanceOf(SendAnswer.Unknown.class);
        faults("{\"serverError\":1}");
        assertThat(acquirer.send(reversal(2)))
                .isEqualTo(new SendAnswer.Unknown("DE 39 is missing or has no known meaning"));
        assertThat(effects()).isOne();
    }

    @Test
    void takesNoAnswerToAnotherRequestForItsOwn() {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            faults("{}");
            acquirer.send(reversal(1));
            aPayment();
            faults("{\"wrongAnswer\":1}");
            SendAnswer answer = sendShortly(reversal(1));
            assertThat(answer).isInstanceOf(SendAnswer.Unknown.class);
            reasons.add(((SendAnswer.Unknown) answer).reason());
            assertThat(effects()).isOne();
        }
        assertThat(reasons).contains("no answer in time", "DE 48 is about another k");
    }

    @Test
    void readsADeclineThatIsNotFinal() {
        faults("{\"decline\":1}");
        assertThat(acquirer.send(reversal(1))).isEqualTo(new SendAnswer.Declined("TRY_LATER"));
        faults("{\"lateSettlement\":1}");
        assertThat(acquirer.send(reversal(2))).isEqualTo(new SendAnswer.Declined("ALREADY_SETTLED"));
        assertThat(effects()).isZero();
    }

    @Test
    void goesOnAfterTheAcquirerWasKilled() throws InterruptedException {
        faults("{\"kill\":1}");
        assertThat(acquirer.send(reversal(1))).isEqualTo(new SendAnswer.Unknown("the connection was lost"));
        assertThat(simulator.awaitEnd(PATIENT)).isTrue();
        assertThat(acquirer.send(reversal(2))).isInstanceOf(SendAnswer.Unknown.class);

        simulator.start();
        faults("{}");

        SendAnswer answer = acquirer.send(reversal(3));
        // It does not try to connect again at once.
        long end = System.nanoTime() + PATIENT.toNanos();
        for (int attempt = 4; answer instanceof SendAnswer.Unknown && System.nanoTime() < end; attempt++) {
            Thread.onSpinWait();
            answer = acquirer.send(reversal(attempt));
        }
        assertThat(answer).isInstanceOf(SendAnswer.Done.class);
        assertThat(effects()).isOne();
    }

    @Test
    void keepsManyExchangesApartOnOneConnection() throws Exception {
        long before = acquirer.counts().connectionsMade();
        int all = 400;
        ExecutorService senders = Executors.newFixedThreadPool(32);
        try {
            List<Future<SendAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < all; i++) {
                String each = "p-many-" + i;
                happened("AUTHORIZED", each, "EUR", "\"kind\":\"PREAUTH\",\"stan\":\"000001\",\"amount\":" + (i + 1L));
                long amount = i + 1L;
                answers.add(senders.submit(() -> acquirer.send(new Instruction(
                        each, Action.REVERSE, amount, "EUR", Given.target(each, null), 1, acquirer.identify()))));
            }
            for (int i = 0; i < all; i++) {
                assertThat(((SendAnswer.Done) answers.get(i).get()).amount()).isEqualTo(i + 1);
            }
        } finally {
            senders.shutdownNow();
        }
        assertThat(acquirer.counts().connectionsMade() - before).isLessThanOrEqualTo(1);
    }
}
