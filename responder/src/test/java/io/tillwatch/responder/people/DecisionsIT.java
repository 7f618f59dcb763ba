package io.tillwatch.responder.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.responder.PeopleParts;
import io.tillwatch.responder.journal.Claim;
import io.tillwatch.responder.journal.Intent;
import io.tillwatch.responder.journal.Turn;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.CommandStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvals and rejections over HTTP, in a real journal (R7). */
class DecisionsIT {

    /** Above it, two persons. */
    private static final long LARGE = 1_000_001;

    private static final String SPENT = "INSERT INTO spent VALUES ('c', ?, ?, ?, now() - ?::interval)";

    private static PeopleParts parts;

    @BeforeAll
    static void start(@TempDir Path directory) {
        parts = new PeopleParts(directory);
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    @Test
    void letsACommandGoOnceAPersonHasApprovedItsContent() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Waits.class);

        PeopleParts.Said said = approve("ana", command);

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.json().get("complete").asBoolean()).isTrue();
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Taken.class);
        assertThat(verbs(command)).containsExactly("APPROVED");
    }

    @Test
    void asksForTwoDifferentPersonsAboveTheLimit() {
        Command command = parts.receive(Samples.required(parts.payment(), LARGE).build());

        assertThat(approve("ana", command).json().get("needed").asInt()).isEqualTo(2);
        assertThat(approve("ana", command).code()).isEqualTo("ALREADY_APPROVED");
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Waits.class);
        assertThat(approve("bea", command).json().get("complete").asBoolean()).isTrue();
        assertThat(approve("ana", command).code()).isEqualTo("ALREADY_APPROVED");
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Taken.class);
    }

    @Test
    void countsAPersonOnceHoweverOftenTheyApproveAtTheSameMoment() throws Exception {
        Command command = parts.receive(Samples.required(parts.payment(), LARGE).build());

        List<PeopleParts.Said> said = atOnce(8, i -> approve("ana", command));

        assertThat(said).filteredOn(one -> one.status() == 200).hasSize(1);
        assertThat(said)
                .filteredOn(one -> one.code().equals("ALREADY_APPROVED"))
                .hasSize(7);
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Waits.class);
    }

    @Test
    void completesWithExactlyOneOfTwoApprovalsAtTheSameMoment() throws Exception {
        Command command = parts.receive(Samples.required(parts.payment(), LARGE).build());

        List<PeopleParts.Said> said = atOnce(2, i -> approve(i == 0 ? "ana" : "bea", command));

        assertThat(said).allMatch(one -> one.status() == 200);
        assertThat(said)
                .extracting(one -> one.json().get("complete").asBoolean())
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void refusesAnApprovalOfOtherContent() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        Command seen = Command.newBuilder(command).setAmount(12_501).build();

        PeopleParts.Said said = parts.post("ana", PeopleParts.path(command, "/approve"), hash(seen));

        assertThat(said.status()).isEqualTo(409);
        assertThat(said.code()).isEqualTo("CONTENT_DIFFERS");
    }

    @Test
    void refusesAnApprovalOfContentThatWasChangedInTheTable() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        parts.jdbi.useHandle(handle -> handle.execute(
                "UPDATE command SET content = jsonb_set(content, '{amount}', '9999999') WHERE command_id = ?",
                command.getCommandId()));

        assertThat(approve("ana", command).code()).isEqualTo("CONTENT_DIFFERS");
    }

    @Test
    void saysWhyACommandCannotBeApproved() {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Command withdrawn = parts.receive(Samples.required(parts.payment(), 1).build());
        parts.receive(Command.newBuilder(withdrawn)
                .setIssue(2)
                .setStatus(CommandStatus.WITHDRAWN)
                .build());
        Command expired = parts.receive(Samples.required(parts.payment(), 1)
                .setExpiresAt(now.minus(Duration.ofMinutes(1)))
                .build());
        Command early = parts.receive(Samples.required(parts.payment(), 1)
                .setNotBefore(now.plus(Duration.ofHours(1)))
                .build());
        Command automatic = parts.receive(Samples.automatic(parts.payment(), 1).build());
        Command ended = parts.receive(Samples.required(parts.payment(), 1).build());
        assertThat(reject("bea", ended).status()).isEqualTo(200);

        assertThat(approve("ana", withdrawn).code()).isEqualTo("WITHDRAWN");
        assertThat(approve("ana", expired).code()).isEqualTo("EXPIRED");
        assertThat(approve("ana", early).code()).isEqualTo("NOT_YET");
        assertThat(approve("ana", automatic).code()).isEqualTo("APPROVAL_NOT_NEEDED");
        assertThat(approve("ana", ended).code()).isEqualTo("ENDED");
        assertThat(parts.post("ana", "/api/v1/commands/bm9uZQ/approve", hash(early))
                        .code())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void endsARejectedCommandAsFailedAndTellsOfIt() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());

        assertThat(reject("ana", command).status()).isEqualTo(200);

        assertThat(state(command)).isEqualTo("FAILED");
        assertThat(outcomes(command)).isEqualTo(1);
        assertThat(verbs(command)).containsExactly("REJECTED");
        assertThat(reject("bea", command).code()).isEqualTo("ENDED");
        assertThat(outcomes(command)).isEqualTo(1);
    }

    @Test
    void overrulesAHolderThatHasSentNothing() {
        Command command =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();

        assertThat(reject("ana", command).status()).isEqualTo(200);

        assertThat(parts.journal.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.Lost.class);
        assertThat(state(command)).isEqualTo("FAILED");
    }

    @Test
    void cannotRejectACommandThatWasSent() {
        Command command =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();
        assertThat(parts.journal.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.Committed.class);

        PeopleParts.Said said = reject("ana", command);

        assertThat(said.status()).isEqualTo(409);
        assertThat(said.code()).isEqualTo("SENT");
        assertThat(state(command)).isEqualTo("SENDING");
        assertThat(outcomes(command)).isZero();
    }

    @Test
    void eitherRejectsOrSendsWhenBothHappenAtTheSameMoment() throws Exception {
        for (int round = 0; round < 20; round++) {
            Command command =
                    parts.receive(Samples.automatic(parts.payment(), 12_500).build());
            Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();

            List<Boolean> won = atOnce(
                    2,
                    i -> i == 0
                            ? parts.journal.intend(claim, "as expected", Map.of()) instanceof Intent.Committed
                            : reject("ana", command).status() == 200);

            assertThat(won).as("round %d: one of the two", round).containsExactlyInAnyOrder(true, false);
            assertThat(state(command)).isEqualTo(won.get(0) ? "SENDING" : "FAILED");
        }
    }

    @Test
    void keepsNoCardNumberInAReason() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());

        PeopleParts.Said said = parts.post(
                "ana", PeopleParts.path(command, "/reject"), Map.of("reason", "card 4111 1111 1111 1111 was refunded"));

        assertThat(said.status()).isEqualTo(422);
        assertThat(said.code()).isEqualTo("CARD_NUMBER");
        assertThat(state(command)).isEqualTo("RECEIVED");
    }

    @Test
    void holdsWhatAClosedSwitchCoversFromTheNextClaimOnAndLetsItGoWhenItIsOpened() {
        Command command =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();
        Map<String, String> change = Map.of("scope", "acquirer:acq-1", "reason", "it answers nonsense");
        assertThat(parts.post("otto", "/api/v1/switches/close", change).status())
                .isEqualTo(200);

        try {
            assertThat(parts.journal.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
            PeopleParts.Said detail = parts.get("vera", PeopleParts.path(command, ""));
            assertThat(detail.json().at("/held/reason").asText()).isEqualTo("SWITCH");
            assertThat(detail.json().at("/held/what").asText())
                    .contains("acquirer:acq-1 by otto (it answers nonsense)");
            assertThat(parts.post("otto", "/api/v1/switches/open", change).code())
                    .isEqualTo("FORBIDDEN");
        } finally {
            assertThat(parts.post("ada", "/api/v1/switches/open", change).status())
                    .isEqualTo(200);
        }
        Claim again = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();
        assertThat(parts.journal.intend(again, "as expected", Map.of())).isInstanceOf(Intent.Committed.class);
    }

    @Test
    void saysHowMuchOfEachBudgetIsSpent() {
        parts.jdbi.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO budget VALUES ('b-1', 4, 1000, 'ada'), ('b-0', 0, 0, 'ada'), ('*', 10, 500, 'ada')");
            handle.execute(SPENT, "b-1", "EUR", 200, "10 seconds");
            handle.execute(SPENT, "b-1", "EUR", 50, "50 minutes");
            handle.execute(SPENT, "b-1", "JPY", 100, "20 minutes");
            handle.execute(SPENT, "b-1", "EUR", 700, "2 hours");
            handle.execute(SPENT, "b-2", "EUR", 500, "20 seconds");
        });
        try {
            String metrics = new JournalMetrics(
                            parts.jdbi, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.systemUTC())
                    .get();

            assertThat(metrics)
                    .contains("tillwatch_journal_readable 1.0")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-1\",of=\"commands\"} 0.25")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-1\",of=\"amount\"} 0.25")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-0\",of=\"commands\"} 1.0")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-0\",of=\"amount\"} 1.0")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-2\",of=\"commands\"} 0.1")
                    .contains("tillwatch_budgets_spent_ratio{acquirer=\"b-2\",of=\"amount\"} 1.0");
        } finally {
            parts.jdbi.useHandle(handle -> {
                handle.execute("DELETE FROM budget");
                handle.execute("DELETE FROM spent WHERE acquirer_id LIKE 'b-%'");
            });
        }
    }

    @Test
    void holdsWhatIsBeyondABudget() {
        Command command =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();
        Map<String, Object> none = Map.of("acquirerId", "acq-1", "commandsPerMinute", 0, "amountPerHour", 0);
        assertThat(parts.put("ada", "/api/v1/budgets", none).status()).isEqualTo(200);

        try {
            assertThat(parts.journal.intend(claim, "as expected", Map.of())).isInstanceOf(Intent.PutBack.class);
            assertThat(parts.get("vera", PeopleParts.path(command, ""))
                            .json()
                            .at("/held/reason")
                            .asText())
                    .isEqualTo("BUDGET");
        } finally {
            assertThat(parts.send(
                                    "ada",
                                    java.net.http.HttpRequest.newBuilder().DELETE(),
                                    "/api/v1/budgets?acquirerId=acq-1")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(parts.journal.take(command.getCommandId())).isInstanceOf(Turn.Taken.class);
    }

    private static PeopleParts.Said approve(String person, Command command) {
        return parts.post(person, PeopleParts.path(command, "/approve"), hash(command));
    }

    private static PeopleParts.Said reject(String person, Command command) {
        return parts.post(person, PeopleParts.path(command, "/reject"), Map.of("reason", "not wanted"));
    }

    private static Map<String, String> hash(Command command) {
        return Map.of("contentHash", java.util.HexFormat.of().formatHex(PeopleParts.hash(command)));
    }

    private static String state(Command command) {
        return parts.jdbi.withHandle(handle -> handle.createQuery("SELECT state FROM command WHERE command_id = ?")
                .bind(0, command.getCommandId())
                .mapTo(String.class)
                .one());
    }

    private static int outcomes(Command command) {
        return parts.jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM outbox WHERE topic = 'outcomes' AND record_key = ?")
                        .bind(0, command.getPaymentId())
                        .mapTo(Integer.class)
                        .one());
    }

    private static List<String> verbs(Command command) {
        return parts.jdbi.withHandle(
                handle -> handle.createQuery("SELECT verb FROM audit WHERE subject = ? ORDER BY id")
                        .bind(0, command.getCommandId())
                        .mapTo(String.class)
                        .list());
    }

    private interface Each<T> {
        T of(int number);
    }

    private static <T> List<T> atOnce(int many, Each<T> each) throws Exception {
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                Callable<T> task = () -> {
                    together.await();
                    return each.of(number);
                };
                futures.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
