package io.tillwatch.jobs.replay;

import static io.tillwatch.jobs.replay.Line.DAY;
import static io.tillwatch.jobs.replay.Line.HOUR;
import static io.tillwatch.jobs.replay.Line.MINUTE;
import static io.tillwatch.jobs.replay.Line.T;
import static io.tillwatch.jobs.replay.Line.approval;
import static io.tillwatch.jobs.replay.Line.capture;
import static io.tillwatch.jobs.replay.Line.outcome;
import static io.tillwatch.jobs.replay.Line.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are refused: they are told with their code and number, and taint their payment from their place on. */
@ExtendWith(OneCluster.class)
class ReplayBadInputTest {

    private static final String RETRY = "p:SETTLEMENT_OVERDUE:p-c1#RETRY_SETTLEMENT 1 ISSUED ";
    private static final String AUTOMATIC = RETRY + "AUTOMATIC -";
    private static final String TAINTED = RETRY + "REQUIRED TAINTED";
    private static final long OVERDUE_AT = T + MINUTE + 4 * DAY;
    private static final long IN_2099 = 4_070_908_800_000L;

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder(ReplayCluster cluster) throws Exception {
        folder = new Folder(cluster, temporary);
    }

    @Test
    void eachCodeIsToldWithTheNumberOfItsLine() throws Exception {
        folder.with(
                        "authorizations.jsonl",
                        approval("p1", T),
                        "{\"paymentId\":\"p2\",\"amount\":",
                        "",
                        approval("p3", T).text("authCode", "x".repeat(70_000)),
                        approval("p4", T).text("eventId", ""),
                        approval("p5", T).number("amount", 0),
                        approval("p6", T).text("currency", "XXX"),
                        approval("p7", T).number("arrivedAt", T + 41 * DAY),
                        approval("p8", T).text("kind", "PREAUTH").text("captureMode", "AUTOMATIC"),
                        approval("p9", T).text("cardToken", "4111 1111 1111 1111"),
                        approval("p10", T).without("kind"),
                        approval("p11", T))
                .with("outcomes.jsonl", outcome("p", "c#REVERSE", "DONE", T).text("detail", "of 4111-1111-1111-1111"))
                .with(
                        "policies.jsonl",
                        "{\"scope\":\"*\",\"captureWithin\":-1}",
                        "{\"captureWithin\":1}",
                        "{\"scope\":\"*\",\"captureWithin\":1000}" + " ".repeat(70_000))
                .replayed();

        assertThat(folder.deadLetters())
                .containsExactly(
                        "authorizations 2 UNREADABLE",
                        "authorizations 4 TOO_LARGE",
                        "authorizations 5 BAD_FIELD",
                        "authorizations 6 BAD_AMOUNT",
                        "authorizations 7 BAD_CURRENCY",
                        "authorizations 8 BAD_TIME",
                        "authorizations 9 BAD_COMBINATION",
                        "authorizations 10 CARD_NUMBER",
                        "authorizations 11 UNREADABLE",
                        "outcomes 1 CARD_NUMBER",
                        "policies 1 BAD_FIELD",
                        "policies 2 UNREADABLE",
                        "policies 3 TOO_LARGE");
        assertThat(folder.rows("dead-letters.jsonl", "reason"))
                .contains(
                        "record: has 70249 bytes, more than 65536",
                        "amount: is not in 1..10^12",
                        "cardToken: holds a card number",
                        "scope: missing, expected a string")
                .noneMatch(reason -> reason.contains("4111"));
        assertThat(folder.summary().at("/deadLetters/UNREADABLE").asInt()).isEqualTo(3);
        assertThat(folder.summary().at("/records/authorizations/refused").asInt())
                .isEqualTo(9);
        assertThat(folder.summary().at("/records/authorizations/lines").asInt()).isEqualTo(11);
    }

    @Test
    void withoutARefusedLineTheRetryIsAutomatic() throws Exception {
        givenAPaymentThatIsNotSettled().replayedAsOf(OVERDUE_AT);

        assertThat(folder.commands()).containsExactly(AUTOMATIC);
    }

    @Test
    void aRefusedLineTaintsItsPayment() throws Exception {
        givenAPaymentThatIsNotSettled()
                .with("settlements.jsonl", settlement("p", T + HOUR).number("amount", 0))
                .replayedAsOf(OVERDUE_AT);

        assertThat(folder.commands()).containsExactly(TAINTED);
        assertThat(folder.deadLetters()).containsExactly("settlements 1 BAD_AMOUNT");
    }

    @Test
    void aRefusedLineTaintsNoOtherPayment() throws Exception {
        givenAPaymentThatIsNotSettled()
                .with("settlements.jsonl", settlement("q", T + HOUR).number("amount", 0))
                .replayedAsOf(OVERDUE_AT);

        assertThat(folder.commands()).containsExactly(AUTOMATIC);
    }

    @Test
    void aLineThatIsTooLargeTaintsThePaymentThatItsBeginningNames() throws Exception {
        givenAPaymentThatIsNotSettled()
                .with("settlements.jsonl", settlement("p", T + HOUR).text("batchId", "b".repeat(1_000_000)))
                .replayedAsOf(OVERDUE_AT);

        assertThat(folder.commands()).containsExactly(TAINTED);
        assertThat(folder.deadLetters()).containsExactly("settlements 1 TOO_LARGE");
    }

    @Test
    void aRefusedLineHasItsPlaceInTheOrderOfArrival() throws Exception {
        givenAPaymentThatIsNotSettled()
                .with(
                        "settlements.jsonl",
                        settlement("p", OVERDUE_AT + 1).number("amount", 0),
                        settlement("q", OVERDUE_AT + 2))
                .replayed();

        assertThat(folder.commands()).contains(AUTOMATIC);
        assertThat(folder.deadLetters()).hasSize(1);
    }

    @Test
    void aRefusedLineWithoutATimeTakesThatOfTheLineBeforeIt() throws Exception {
        String torn = "{\"paymentId\":\"p\",\"amount\":";
        givenAPaymentThatIsNotSettled()
                .with("settlements.jsonl", settlement("q", T + HOUR), torn)
                .replayedAsOf(OVERDUE_AT);
        assertThat(folder.commands()).contains(TAINTED);

        folder.with("settlements.jsonl", settlement("q", OVERDUE_AT + 1), torn).replayed();
        assertThat(folder.commands()).contains(AUTOMATIC);
    }

    @Test
    void theTimeOfARefusedLineMovesNoClock() throws Exception {
        Line absurd = settlement("p", IN_2099).number("amount", 0);
        givenAPaymentThatIsNotSettled()
                .with("settlements.jsonl", settlement("q", T + HOUR), absurd, settlement("r", T + 2 * HOUR))
                .replayed();

        assertThat(folder.summary().get("asOf").asLong()).isEqualTo(T + 2 * HOUR);
        assertThat(folder.deadLetters()).containsExactly("settlements 2 BAD_AMOUNT");
        assertThat(folder.alerts()).noneMatch(alert -> alert.contains("OVERDUE"));

        folder.replayedAsOf(OVERDUE_AT);
        assertThat(folder.commands()).contains(TAINTED);
        assertThat(folder.deadLetters()).containsExactly("settlements 2 BAD_AMOUNT");
    }

    @Test
    void aTimeThatIsNoneOfOurEraIsRefused() throws Exception {
        folder.with(
                        "authorizations.jsonl",
                        approval("p", T),
                        approval("q", Long.MAX_VALUE),
                        approval("r", -1),
                        approval("s", T).number("arrivedAt", Long.MIN_VALUE))
                .replayed();

        assertThat(folder.deadLetters())
                .containsExactly("authorizations 2 BAD_TIME", "authorizations 3 BAD_TIME", "authorizations 4 BAD_TIME");
        assertThat(folder.summary().get("asOf").asLong()).isEqualTo(T);
    }

    @Test
    void aFileOfNothingButBadLinesIsReadToItsEnd() throws Exception {
        folder.with(
                        "captures.jsonl",
                        "nonsense",
                        "[]",
                        "null",
                        "{}",
                        capture("p", T).number("amount", -1))
                .replayed();

        assertThat(folder.deadLetters()).hasSize(5);
        assertThat(folder.alerts()).isEmpty();
        assertThat(folder.summary().has("asOf")).isFalse();
    }

    private Folder givenAPaymentThatIsNotSettled() throws Exception {
        return folder.with("authorizations.jsonl", approval("p", T)).with("captures.jsonl", capture("p", T + MINUTE));
    }
}
