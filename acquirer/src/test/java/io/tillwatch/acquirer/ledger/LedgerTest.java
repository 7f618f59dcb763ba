package io.tillwatch.acquirer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happened                                   | held net settled and captures
            sale 100 1                                        | 100 0 0
            no 100 1                                          | 0 0 0
            auto 100 1                                        | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            auto 100 1, cap p-1 100                           | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            auto 100 1, auto 100 1                            | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            auto 100 1, auto 100 2                            | 0 200 0 p-1:100-0-0/0+0:ACCEPTED p-1:100-0-0/0+0:ACCEPTED
            sale 100 1, cap c-1 100                           | 0 100 0 c-1:100-0-0/0+0:ACCEPTED
            sale 100 1, cap c-1 80                            | 0 80 0 c-1:80-0-0/0+0:ACCEPTED
            sale 100 1, cap+ c-1 80                           | 20 80 0 c-1:80-0-0/0+0:ACCEPTED
            sale 100 1, cap c-1 100, cap c-1 100              | 0 100 0 c-1:100-0-0/0+0:ACCEPTED
            sale 100 1, cap c-1 100, cap c-2 100              | 0 200 0 c-1:100-0-0/0+0:ACCEPTED c-2:100-0-0/0+0:ACCEPTED
            sale 100 1, sale 100 2, cap c-1 100               | 100 100 0 c-1:100-0-0/0+0:ACCEPTED
            pre 100 1, inc 50 2                               | 150 0 0
            pre 100 1, inc 50 2, inc 50 2                     | 150 0 0
            pre 100 1, inc 50 2, cap+ c-1 60, cap c-2 70      | 0 130 0 c-1:60-0-0/0+0:ACCEPTED c-2:70-0-0/0+0:ACCEPTED
            pre 100 1, cap c-1 115                            | 0 115 0 c-1:115-0-0/0+0:ACCEPTED
            pre 100 1, cap+ c-1 60, void c-1 60               | 100 0 0 c-1:60-60-0/0+0:REVERSED
            pre 100 1, cap c-1 60, void c-1 60                | 0 0 0 c-1:60-60-0/0+0:REVERSED
            sale 100 1, void - 100                            | 0 0 0
            sale 100 1, void - 150                            | 0 0 0
            auto 100 1, refund p-1 30                         | 0 70 0 p-1:100-0-30/0+0:ACCEPTED
            auto 100 1, settle p-1 100                        | 0 100 100 p-1:100-0-0/100+0:SETTLED
            auto 100 1, settle p-1 100, settle p-1 100        | 0 100 200 p-1:100-0-0/200+0:SETTLED
            auto 100 1, ahead p-1 100, settle p-1 100         | 0 100 100 p-1:100-0-0/100+0:SETTLED
            auto 100 1, ahead p-1 100, settle p-1 130         | 0 100 130 p-1:100-0-0/130+0:SETTLED
            auto 100 1, reject p-1 100                        | 0 100 0 p-1:100-0-0/0+0:REJECTED
            auto 100 1, reject p-1 100, settle p-1 100        | 0 100 100 p-1:100-0-0/100+0:SETTLED
            settle c-1 100                                    | 0 0 100 c-1:0-0-0/100+0:SETTLED
            settle c-1 100, cap c-1 100                       | 0 100 100 c-1:100-0-0/100+0:SETTLED
            sale 100 1, void - 100, sale 70 2                 | 70 0 0
            """)
    void takesWhatHappens(String life, String books) {
        assertThat(new Life(Tier.A).lives(life).books().strip()).isEqualTo(books);
    }

    @ParameterizedTest(name = "{0}: {2} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # tier | what happened                               | instruction              | answer           | books
            A | sale 100 1                                       | REVERSE - 100 -          | DONE             | 0 0 0
            A | sale 100 1                                       | REVERSE - 60 1           | DONE             | 40 0 0
            A | sale 100 1                                       | REVERSE - 101 1          | AMOUNT_TOO_HIGH  | 100 0 0
            A | sale 100 1                                       | REVERSE - 100 2          | NOT_FOUND        | 100 0 0
            A | sale 100 1                                       | REVERSE c-1 100 1        | NOT_FOUND        | 100 0 0
            A | no 100 1                                         | REVERSE - 100 1          | ALREADY_REVERSED | 0 0 0
            A | sale 100 1, void - 100                           | REVERSE - 100 1          | ALREADY_REVERSED | 0 0 0
            A | pre 100 1, inc 50 2                              | REVERSE - 150 1          | DONE             | 0 0 0
            A | pre 100 1, inc 50 2                              | REVERSE - 150 2          | DONE             | 0 0 0
            A | auto 100 1                                       | REVERSE - 100 1          | DONE             | 0 0 0 p-1:100-100-0/0+0:REVERSED
            A | auto 100 1                                       | REVERSE p-1 100 1        | DONE             | 0 0 0 p-1:100-100-0/0+0:REVERSED
            A | auto 100 1, auto 100 2                           | REVERSE - 100 1          | DONE             | 0 100 0 p-1:100-100-0/0+0:REVERSED p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1, auto 100 2                           | REVERSE p-1 100 2        | DONE             | 0 100 0 p-1:100-0-0/0+0:ACCEPTED p-1:100-100-0/0+0:REVERSED
            A | sale 100 1, sale 100 2, cap c-1 100              | REVERSE - 100 1          | DONE             | 0 100 0 c-1:100-0-0/0+0:ACCEPTED
            A | no 100 1, sale 100 2                             | REVERSE - 100 1          | ALREADY_REVERSED | 100 0 0
            A | auto 100 1, settle p-1 100                       | REVERSE p-1 100 1        | ALREADY_SETTLED  | 0 100 100 p-1:100-0-0/100+0:SETTLED
            B | auto 100 1, settle p-1 100                       | REVERSE p-1 100 1        | ALREADY_SETTLED  | 0 100 100 p-1:100-0-0/100+0:SETTLED
            C | auto 100 1, settle p-1 100                       | REVERSE p-1 100 1        | DONE             | 0 0 100 p-1:100-100-0/100+0:SETTLED
            A | auto 100 1, ahead p-1 100                        | REVERSE - 100 1          | ALREADY_SETTLED  | 0 100 100 p-1:100-0-0/100+0:SETTLED
            A | pre 100 1, cap+ c-1 60                           | REVERSE - 90 1           | DONE             | 0 10 0 c-1:60-50-0/0+0:ACCEPTED
            A | pre 100 1, cap+ c-1 60                           | REVERSE c-1 50 1         | DONE             | 90 10 0 c-1:60-50-0/0+0:ACCEPTED
            A | pre 100 1, cap+ c-1 60, settle c-1 60            | REVERSE - 40 1           | DONE             | 0 60 60 c-1:60-0-0/60+0:SETTLED
            A | pre 100 1, cap+ c-1 60, settle c-1 60            | REVERSE - 41 1           | ALREADY_SETTLED  | 40 60 60 c-1:60-0-0/60+0:SETTLED
            A | sale 100 1, cap c-1 100, cap c-2 100             | REVERSE - 100 1          | DONE             | 0 100 0 c-1:100-0-0/0+0:ACCEPTED c-2:100-100-0/0+0:REVERSED
            A | cap c-1 100                                      | REVERSE c-1 100 -        | DONE             | 0 0 0 c-1:100-100-0/0+0:REVERSED
            A | auto 100 1, refund p-1 30                        | REVERSE p-1 100 1        | AMOUNT_TOO_HIGH  | 0 70 0 p-1:100-0-30/0+0:ACCEPTED
            A | auto 100 1, refund p-1 30                        | REVERSE p-1 70 1         | DONE             | 0 0 0 p-1:100-70-30/0+0:ACCEPTED
            A | auto 100 1                                       | REFUND - 40 1            | DONE             | 0 60 0 p-1:100-0-40/0+0:ACCEPTED
            A | auto 100 1, settle p-1 100                       | REFUND p-1 100 1         | DONE             | 0 0 100 p-1:100-0-100/100+0:SETTLED
            A | auto 100 1, refund - 100                         | REFUND p-1 1 1           | ALREADY_REVERSED | 0 0 0 p-1:100-0-100/0+0:ACCEPTED
            A | auto 100 1                                       | REFUND - 101 1           | AMOUNT_TOO_HIGH  | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | sale 100 1                                       | REFUND - 100 1           | NOT_CAPTURED     | 100 0 0
            A | auto 100 1, settle p-1 100, settle p-1 100       | ADJUST p-1 -100 1        | DONE             | 0 100 200 p-1:100-0-0/200+-100:SETTLED
            A | auto 100 1, settle p-1 90                        | ADJUST p-1 10 1          | DONE             | 0 100 90 p-1:100-0-0/90+10:SETTLED
            A | auto 100 1, settle p-1 90                        | ADJUST p-1 11 1          | AMOUNT_TOO_HIGH  | 0 100 90 p-1:100-0-0/90+0:SETTLED
            A | auto 100 1, settle p-1 90                        | ADJUST p-1 -91 1         | AMOUNT_TOO_HIGH  | 0 100 90 p-1:100-0-0/90+0:SETTLED
            A | auto 100 1                                       | ADJUST p-1 -10 1         | NOT_CAPTURED     | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1                                       | ADJUST c-9 -10 1         | NOT_FOUND        | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1, void p-1 100, settle p-1 100         | ADJUST p-1 -100 1        | DONE             | 0 0 100 p-1:100-100-0/100+-100:SETTLED
            A | sale 100 1                                       | RETRY_CAPTURE - 100 1    | DONE             | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | sale 100 1                                       | RETRY_CAPTURE c-1 100 1  | DONE             | 0 100 0 c-1:100-0-0/0+0:ACCEPTED
            A | pre 100 1, cap+ c-1 60                           | RETRY_CAPTURE c-2 30 1   | DONE             | 10 90 0 c-1:60-0-0/0+0:ACCEPTED c-2:30-0-0/0+0:ACCEPTED
            A | pre 100 1, cap+ c-1 60                           | RETRY_CAPTURE - 40 1     | ALREADY_CAPTURED | 40 60 0 c-1:60-0-0/0+0:ACCEPTED
            A | sale 100 1, cap c-1 100                          | RETRY_CAPTURE c-1 100 1  | ALREADY_CAPTURED | 0 100 0 c-1:100-0-0/0+0:ACCEPTED
            B | sale 100 1, cap c-1 100                          | RETRY_CAPTURE c-1 100 1  | DONE             | 0 200 0 c-1:100-0-0/0+0:ACCEPTED c-1:100-0-0/0+0:ACCEPTED
            A | sale 100 1                                       | RETRY_CAPTURE - 101 1    | AMOUNT_TOO_HIGH  | 100 0 0
            A | sale 100 1, void - 100                           | RETRY_CAPTURE - 100 1    | ALREADY_REVERSED | 0 0 0
            A | no 100 1                                         | RETRY_CAPTURE - 100 1    | NOT_FOUND        | 0 0 0
            A | auto 100 1                                       | RETRY_SETTLEMENT p-1 100 1 | DONE           | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1, reject p-1 100                       | RETRY_SETTLEMENT p-1 100 1 | DONE           | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1, settle p-1 100                       | RETRY_SETTLEMENT p-1 100 1 | ALREADY_SETTLED | 0 100 100 p-1:100-0-0/100+0:SETTLED
            A | auto 100 1, void p-1 100                         | RETRY_SETTLEMENT p-1 100 1 | ALREADY_REVERSED | 0 0 0 p-1:100-100-0/0+0:REVERSED
            A | auto 100 1                                       | RETRY_SETTLEMENT p-1 101 1 | AMOUNT_TOO_HIGH | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            A | auto 100 1                                       | RETRY_SETTLEMENT c-9 100 1 | NOT_FOUND      | 0 100 0 p-1:100-0-0/0+0:ACCEPTED
            """)
    void doesOrDeclinesAnInstruction(Tier tier, String life, String instruction, String answer, String books) {
        Life lived = new Life(tier).lives(life);

        assertThat(lived.told(lived.instruction("k-1", instruction))).isEqualTo(answer);
        assertThat(lived.books().strip()).isEqualTo(books);
        assertThat(lived.ledger.effects(0, 10)).hasSize(answer.equals("DONE") ? 1 : 0);
    }

    @Test
    void doesAnInstructionOnceUnderAKeyInTierA() {
        Life life = new Life(Tier.A).lives("pre 100 1");
        Instruction part = life.instruction("k-1", "REVERSE - 40 1");

        assertThat(life.told(part)).isEqualTo("DONE");
        assertThat(life.told(part)).isEqualTo("BEFORE 1");
        assertThat(life.books().strip()).isEqualTo("60 0 0");
    }

    @Test
    void doesARepeatAgainInTiersBAndC() {
        for (Tier tier : new Tier[] {Tier.B, Tier.C}) {
            Life life = new Life(tier).lives("pre 100 1");
            Instruction part = life.instruction("k-1", "REVERSE - 40 1");

            assertThat(life.told(part)).isEqualTo("DONE");
            assertThat(life.told(part)).isEqualTo("DONE");
            assertThat(life.books().strip()).isEqualTo("20 0 0");
        }
    }

    @Test
    void forgetsAKeyAfterItsRetentionAndDoesTheRepeatAgain() {
        Life life = new Life(Tier.A, Duration.ofHours(24)).lives("pre 100 1");
        Instruction part = life.instruction("k-1", "REVERSE - 40 1");
        life.told(part);

        assertThat(life.waits(Duration.ofHours(24)).told(part)).isEqualTo("BEFORE 1");
        assertThat(life.view(null, "1", "k-1").effect()).isNotNull();

        life.waits(Duration.ofMillis(1));
        assertThat(life.view(null, "1", "k-1").effect()).isNull();
        assertThat(life.told(part)).isEqualTo("DONE");
        assertThat(life.ledger.effects(0, 10)).hasSize(2);
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() {
        Life life = new Life(Tier.A).lives("pre 100 1");
        life.told(life.instruction("k-1", "REVERSE - 40 1"));

        assertThat(life.told(life.instruction("k-1", "REVERSE - 41 1"))).isEqualTo("KEY_REUSED");
        assertThat(life.told(life.instruction("k-1", "REFUND - 40 1"))).isEqualTo("KEY_REUSED");
        assertThat(life.told(life.instruction("k-1", "REVERSE - 40 -"))).isEqualTo("KEY_REUSED");
        assertThat(life.told(life.instruction("k-1", "REVERSE - 40 1"))).isEqualTo("BEFORE 1");
    }

    @Test
    void bindsADeclineToItsKeySoThatAStragglerIsNotDoneAfterAll() {
        Life life = new Life(Tier.A).lives("no 100 1");
        Instruction early = life.instruction("k-1", "REVERSE - 100 2");
        assertThat(life.told(early)).isEqualTo("NOT_FOUND");

        life.lives("sale 100 2");

        assertThat(life.told(early)).isEqualTo("NOT_FOUND");
        assertThat(life.told(life.instruction("k-2", "REVERSE - 100 2"))).isEqualTo("DONE");
    }

    @Test
    void presentsACaptureAgainOnlyOnceUntilItIsRejectedAgain() {
        Life life = new Life(Tier.A).lives("auto 100 1, reject p-1 100");
        assertThat(life.told(life.instruction("k-1", "RETRY_SETTLEMENT p-1 100 1")))
                .isEqualTo("DONE");
        assertThat(life.told(life.instruction("k-2", "RETRY_SETTLEMENT p-1 100 1")))
                .isEqualTo("ALREADY_CAPTURED");

        life.lives("reject p-1 100");

        assertThat(life.told(life.instruction("k-3", "RETRY_SETTLEMENT p-1 100 1")))
                .isEqualTo("DONE");
    }

    @Test
    void answersAnInquiryForThePaymentTheCaptureTheAttemptAndTheKey() {
        Life life = new Life(Tier.A).lives("no 70 1, pre 100 2, inc 20 3, cap+ c-1 60, settle c-1 60");
        life.told(life.instruction("k-1", "REVERSE - 15 2"));

        PaymentView whole = life.view("c-1", null, "k-1");
        assertThat(whole.authorization())
                .isEqualTo(new PaymentView.AuthorizationView(Authorization.Status.APPROVED, 120));
        assertThat(whole.held()).isEqualTo(45);
        assertThat(whole.netDebit()).isEqualTo(60);
        assertThat(whole.settled()).isEqualTo(60);
        assertThat(whole.capture())
                .isEqualTo(new PaymentView.CaptureView("c-1", 60, 0, 0, 60, 0, Capture.Status.SETTLED));
        assertThat(whole.effect()).isEqualTo(new PaymentView.EffectView("k-1", Action.REVERSE, 15, "sim-1", Life.NOW));

        PaymentView attempt = life.view("c-2", "1", "k-2");
        assertThat(attempt.authorization())
                .isEqualTo(new PaymentView.AuthorizationView(Authorization.Status.DECLINED, 70));
        assertThat(attempt.capture()).isNull();
        assertThat(attempt.effect()).isNull();
        assertThat(life.view(null, "9", null).authorization()).isNull();
    }

    @Test
    void tellsAReversedAttemptFromTheOneThatStands() {
        Life life = new Life(Tier.A).lives("auto 100 1, auto 100 2");
        life.told(life.instruction("k-1", "REVERSE - 100 1"));

        assertThat(life.view(null, "1", null).authorization().status()).isEqualTo(Authorization.Status.REVERSED);
        assertThat(life.view(null, "2", null).authorization().status()).isEqualTo(Authorization.Status.APPROVED);
        assertThat(life.view(null, null, null).authorization().status()).isEqualTo(Authorization.Status.APPROVED);
    }

    @Test
    void takesAnEventWithAnIdOnce() {
        Ledger ledger = new Life(Tier.A).lives("auto 100 1").ledger;
        Event settled = new Event(
                Event.Type.SETTLED,
                "e-1",
                Life.ACQUIRER,
                Life.PAYMENT,
                null,
                null,
                null,
                null,
                null,
                "p-1",
                100,
                "EUR",
                null,
                false,
                null,
                Life.NOW);

        ledger.apply(new Entry.Happened(settled));
        ledger.apply(new Entry.Happened(settled));

        assertThat(ledger.books().get(0).settled()).isEqualTo(100);
    }

    @Test
    void findsAPaymentByItsReferencesIfThereIsOnlyOne() {
        Ledger ledger = new Life(Tier.A).lives("auto 100 1").ledger;

        assertThat(ledger.paymentOf(Life.ACQUIRER, "m-1", "000001", "000000000001"))
                .contains(Life.PAYMENT);
        assertThat(ledger.paymentOf(Life.ACQUIRER, null, null, "000000000001")).contains(Life.PAYMENT);
        assertThat(ledger.paymentOf(Life.ACQUIRER, "m-2", "000001", "000000000001"))
                .isEmpty();
        assertThat(ledger.paymentOf("acq-2", "m-1", "000001", "000000000001")).isEmpty();
        assertThat(ledger.paymentOf(Life.ACQUIRER, "m-1", "000002", "000000000001"))
                .isEmpty();
        assertThat(ledger.paymentOf(Life.ACQUIRER, "m-1", "000001", null)).isEmpty();
    }
}
