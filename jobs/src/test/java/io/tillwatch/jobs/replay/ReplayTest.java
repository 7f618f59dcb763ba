package io.tillwatch.jobs.replay;

import static io.tillwatch.jobs.replay.Line.DAY;
import static io.tillwatch.jobs.replay.Line.HOUR;
import static io.tillwatch.jobs.replay.Line.MINUTE;
import static io.tillwatch.jobs.replay.Line.SECOND;
import static io.tillwatch.jobs.replay.Line.T;
import static io.tillwatch.jobs.replay.Line.approval;
import static io.tillwatch.jobs.replay.Line.capture;
import static io.tillwatch.jobs.replay.Line.outcome;
import static io.tillwatch.jobs.replay.Line.request;
import static io.tillwatch.jobs.replay.Line.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OneCluster.class)
class ReplayTest {

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder(ReplayCluster cluster) throws Exception {
        folder = new Folder(cluster, temporary);
    }

    @Test
    void theEndOfTheInputFiresNoDeadline() throws Exception {
        folder.with("authorizations.jsonl", request("p", T), approval("q", T + SECOND))
                .replayed();

        assertThat(folder.alerts()).isEmpty();
        assertThat(folder.commands()).isEmpty();
        assertThat(folder.summary().get("asOf").asLong()).isEqualTo(T + SECOND);
    }

    @Test
    void deadlinesUpToAsOfAreReportedThoughNoRecordComesSoLate() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T)).replayedAsOf(T + DAY);

        assertThat(folder.alerts()).containsExactly("p:CAPTURE_OVERDUE 1 RAISED " + (T + DAY));
        assertThat(folder.commands()).containsExactly("p:CAPTURE_OVERDUE#RETRY_CAPTURE 1 ISSUED REQUIRED POLICY");
    }

    @Test
    void nothingLaterThanAsOfIsReported() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T)).replayedAsOf(T + DAY - 1);

        assertThat(folder.alerts()).isEmpty();
    }

    @Test
    void recordsLaterThanAsOfAreNotRead() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T))
                .with("captures.jsonl", capture("p", T + DAY + HOUR))
                .replayedAsOf(T + DAY + HOUR - 1);

        assertThat(folder.alerts()).containsExactly("p:CAPTURE_OVERDUE 1 RAISED " + (T + DAY));
        assertThat(folder.summary().at("/records/captures/laterThanAsOf").asInt())
                .isOne();
    }

    @Test
    void aRecordOfTheTimeOfADeadlineComesBeforeIt() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T), approval("q", T + DAY + HOUR))
                .with("captures.jsonl", capture("p", T + DAY))
                .replayed();

        assertThat(folder.alerts()).isEmpty();
    }

    @Test
    void linesAreTakenInTheOrderOfArrivalWhateverTheirOrderInTheFile() throws Exception {
        folder.with(
                        "authorizations.jsonl",
                        approval("r", T + 2 * DAY),
                        approval("p", T + MINUTE),
                        approval("q", T + DAY).number("arrivedAt", T + 2 * MINUTE))
                .with("captures.jsonl", capture("q", T + 3 * MINUTE))
                .replayed();

        assertThat(folder.alerts()).containsExactly("p:CAPTURE_OVERDUE 1 RAISED " + (T + MINUTE + DAY));
    }

    @Test
    void theOutcomeThatArrivesClearsAndTheSettlementThatComesTooLateWithdraws() throws Exception {
        String reverse = "p:AUTHORIZATION_UNANSWERED:a-p-REQUESTED#REVERSE";
        String retry = "q:SETTLEMENT_OVERDUE:q-c1#RETRY_SETTLEMENT";
        folder.with("authorizations.jsonl", request("p", T), approval("q", T))
                .with("captures.jsonl", capture("q", T + HOUR))
                .with("outcomes.jsonl", outcome("p", reverse, "DONE", T + 10 * MINUTE))
                .with("settlements.jsonl", settlement("q", T + 5 * DAY))
                .replayed();

        assertThat(folder.alerts())
                .containsExactly(
                        "p:AUTHORIZATION_UNANSWERED:a-p-REQUESTED 1 RAISED " + (T + MINUTE),
                        "p:AUTHORIZATION_UNANSWERED:a-p-REQUESTED 2 CLEARED " + (T + 10 * MINUTE),
                        "q:SETTLEMENT_OVERDUE:q-c1 1 RAISED " + (T + HOUR + 4 * DAY),
                        "q:COMMAND_UNANSWERED:" + retry + " 1 RAISED " + (T + HOUR + 4 * DAY + 20 * MINUTE),
                        "q:SETTLEMENT_OVERDUE:q-c1 2 CLEARED " + (T + 5 * DAY));
        assertThat(folder.commands())
                .containsExactly(
                        reverse + " 1 ISSUED AUTOMATIC -",
                        retry + " 1 ISSUED AUTOMATIC -",
                        retry + " 2 ISSUED AUTOMATIC -",
                        retry + " 3 WITHDRAWN AUTOMATIC -");
        assertThat(folder.summary().at("/commands/RETRY_SETTLEMENT/withdrawn").asInt())
                .isOne();
        assertThat(folder.summary().at("/alerts/COMMAND_UNANSWERED/open").asInt())
                .isOne();
        assertThat(folder.summary().at("/alerts/SETTLEMENT_OVERDUE/open").isMissingNode())
                .isTrue();
    }

    @Test
    void aPurchaseThatRepeatsAnotherIsFoundInTheFirstPassAndJudgedInTheSecond() throws Exception {
        Line first = approval("p", T)
                .text("terminalId", "till")
                .text("stan", "000042")
                .text("cardToken", "tok");
        Line second = approval("q", T + MINUTE)
                .text("terminalId", "till")
                .text("stan", "000042")
                .text("cardToken", "tok");
        folder.with("authorizations.jsonl", first, second, request("r", T + 3 * MINUTE))
                .replayed();

        assertThat(folder.alerts()).containsExactly("q:DUPLICATE_AUTHORIZATION 1 RAISED " + (T + 2 * MINUTE));
        assertThat(folder.rows("commands.jsonl", "action", "approval", "amount"))
                .containsExactly("REVERSE AUTOMATIC 1000");
        assertThat(folder.summary().at("/suspicions/EXACT").asInt()).isOne();
    }

    @Test
    void policiesAreInForceFromTheStartAndTheLastOfAScopeCounts() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T))
                .with(
                        "policies.jsonl",
                        "{\"scope\":\"merchant:shop\",\"captureWithin\":1000}",
                        "{\"scope\":\"merchant:shop\",\"captureWithin\":5000,\"retryCaptureMode\":\"OFF\"}")
                .replayedAsOf(T + HOUR);

        assertThat(folder.alerts()).containsExactly("p:CAPTURE_OVERDUE 1 RAISED " + (T + 5 * SECOND));
        assertThat(folder.commands()).isEmpty();
    }

    @Test
    void zippedFilesGiveTheSameAsPlainOnes(ReplayCluster cluster) throws Exception {
        folder.with("authorizations.jsonl", approval("p", T), approval("q", T + DAY + HOUR))
                .replayed();
        Folder zipped = new Folder(cluster, temporary.resolve("zipped"))
                .withZipped("authorizations.jsonl.gz", approval("p", T), approval("q", T + DAY + HOUR))
                .replayed();

        assertThat(zipped.bytes()).isEqualTo(folder.bytes());
        assertThat(zipped.alerts()).hasSize(1);
    }

    @Test
    void theSameInputGivesTheSameBytesWhateverTheParallelismAndTheStateBackend(ReplayCluster cluster) throws Exception {
        writeManyLives();
        List<String> first =
                folder.replayed(OptionalLong.empty(), 1, StateBackend.HEAP).bytes();

        assertThat(folder.alerts()).hasSizeGreaterThan(400);
        assertThat(folder.replayed(OptionalLong.empty(), 1, StateBackend.HEAP).bytes())
                .isEqualTo(first);
        assertThat(folder.replayed(OptionalLong.empty(), 2, StateBackend.HEAP).bytes())
                .isEqualTo(first);
        assertThat(folder.replayed(OptionalLong.empty(), 4, StateBackend.HEAP).bytes())
                .isEqualTo(first);
        assertThat(folder.replayed(OptionalLong.empty(), 2, StateBackend.ROCKSDB)
                        .bytes())
                .isEqualTo(first);
    }

    /** Five hundred payments of three acquirers; every other one lacks its capture or settlement, or comes twice. */
    private void writeManyLives() throws Exception {
        Stream.Builder<Object> authorizations = Stream.builder();
        Stream.Builder<Object> captures = Stream.builder();
        Stream.Builder<Object> settlements = Stream.builder();
        for (int i = 0; i < 500; i++) {
            String acquirer = "acq-" + i % 3;
            long at = T + i * MINUTE;
            Line approval = approval("p" + i, at).text("acquirerId", acquirer);
            authorizations.add(
                    i % 10 == 1 ? approval.text("cardToken", "tok-same").text("rrn", "77") : approval);
            if (i % 4 != 0) {
                captures.add(capture("p" + i, at + HOUR).text("acquirerId", acquirer));
            }
            if (i % 4 > 1) {
                settlements.add(
                        settlement("p" + i, at + (i % 8 > 5 ? DAY : 6 * DAY)).text("acquirerId", acquirer));
            }
        }
        folder.with("authorizations.jsonl", authorizations.build().toArray())
                .with("captures.jsonl", captures.build().toArray())
                .with("settlements.jsonl", settlements.build().toArray());
    }

    @Test
    void resultsOfAnEarlierReplayAreReplacedAndNothingElseIsLeft() throws Exception {
        folder.with("authorizations.jsonl", approval("p", T))
                .replayedAsOf(T + DAY)
                .replayed();

        assertThat(folder.alerts()).isEmpty();
        try (Stream<Path> files = Files.list(folder.out())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("alerts.jsonl", "commands.jsonl", "dead-letters.jsonl", "summary.json");
        }
    }

    @Test
    void anEmptyFileIsInputOfWhichThereIsNothingToSay() throws Exception {
        folder.with("authorizations.jsonl").replayed();

        assertThat(folder.alerts()).isEmpty();
        assertThat(folder.summary().has("asOf")).isFalse();
        assertThat(folder.summary().at("/records/authorizations/lines").asInt()).isZero();
    }
}
