package io.tillwatch.jobs.guard;

import static io.tillwatch.jobs.given.Given.DAY;
import static io.tillwatch.jobs.given.Given.HOUR;
import static io.tillwatch.jobs.given.Given.MINUTE;
import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.given.Operator;
import io.tillwatch.jobs.given.Operator.Backend;
import io.tillwatch.jobs.given.Savepoints;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.Original;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.guard.Sound;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The guards' operator on its own: the governor, the health of feeds, what is decided once. */
class GuardHarnessTest {

    private static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", StreamCodec.ALERT_TYPE);
    private static final long LONG_AFTER = T0 + 200 * DAY;

    // --- order ---

    @ParameterizedTest
    @EnumSource(Backend.class)
    void letsACommandPassWhenTheClockReachesIt(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            guard.read(ordered(command("a", 100, T0))).clock(T0 - 1);
            assertThat(guard.said()).isEmpty();

            guard.clock(T0);
            assertThat(guard.said()).containsExactly(command("a", 100, T0));
            assertThat(guard.said(ALERTS)).isEmpty();
            assertNothingWaits(guard);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void letsAWithdrawalPassAtOnceWhenItsCommandHasPassed(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            Command command = command("a", 100, T0);
            guard.read(ordered(command)).clock(T0 + HOUR);
            guard.read(ordered(command.again(true)));

            assertThat(guard.said()).containsExactly(command, command.again(true));
            assertNothingWaits(guard);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void keepsTheIssuesOfACommandInOrderAcrossARestart(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            Command command = command("a", 100, T0);
            guard.read(ordered(command))
                    .restart()
                    .read(ordered(command.again(true)))
                    .clock(T0 + HOUR);
            assertThat(guard.said()).containsExactly(command, command.again(true));

            Command other = command("b", 100, T0 + 2 * HOUR);
            guard.read(ordered(other)).clock(T0 + 3 * HOUR);
            guard.restart().read(ordered(other.again(false)));
            guard.read(ordered(other.again(false).again(true))).clock(T0 + 3 * HOUR);
            assertThat(guard.said())
                    .extracting(Command::issue, Command::withdrawn)
                    .containsExactly(tuple(1, false), tuple(2, false), tuple(3, true));
            assertNothingWaits(guard);
        }
    }

    @Test
    @DisplayName("what is held does not depend on the order in which it was read, nor on restarts")
    void holdsTheSameInEveryOrder() {
        List<GuardInput> inputs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            inputs.add(ordered(command("p" + i, 100 + i, T0 + i / 3 * MINUTE)));
            inputs.add(heard(SHOP.request("p" + i, 100, T0 + i * (4 * SECOND))));
        }
        inputs.add(heard(SHOP.approve("p0", 100, T0 + 2 * MINUTE)));
        PolicyChange small = Given.everywhere(Setting.COMMAND_BUDGET, 5);
        Random random = new Random(11);
        List<String> expected = null;
        for (int i = 0; i < 15; i++) {
            if (i > 0) {
                Collections.shuffle(inputs, random);
            }
            try (Operator<GuardInput, Command> guard = guard(i % 7 == 3 ? Backend.ROCKSDB : Backend.HEAP, small)) {
                for (GuardInput input : inputs) {
                    guard.read(input);
                    if (i > 0 && random.nextInt(9) == 0) {
                        guard.restart(1 + random.nextInt(2));
                    }
                }
                guard.clock(T0 + HOUR);
                List<String> rows = new ArrayList<>();
                guard.said().forEach(c -> rows.add(c.commandId() + ' ' + c.approval() + ' ' + c.approvalReason()));
                guard.said(ALERTS).forEach(a -> rows.add(row(a)));
                expected = expected == null ? rows : expected;
                assertThat(rows).isEqualTo(expected);
            }
        }
        assertThat(expected).anyMatch(row -> row.contains("BUDGET_EXCEEDED"));
        assertThat(expected).anyMatch(row -> row.contains("FEED_UNHEALTHY"));
    }

    // --- the governor ---

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the budget by count: what goes beyond is held, one alert is raised, and cleared when there is room")
    void holdsWhatGoesBeyondTheCommandBudget(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.COMMAND_BUDGET, 3))) {
            for (int i = 0; i < 5; i++) {
                guard.read(ordered(command("p" + i, 100, T0 + i * SECOND)));
            }
            guard.clock(T0 + MINUTE);

            assertThat(guard.said())
                    .extracting(Command::approvalReason)
                    .containsExactly(null, null, null, ApprovalReason.BUDGET_EXCEEDED, ApprovalReason.BUDGET_EXCEEDED);
            assertThat(rows(guard)).containsExactly("BUDGET_EXCEEDED:acq-1 1 RAISED " + (T0 + 3 * SECOND));

            guard.clock(T0 + 10 * MINUTE - 1);
            assertThat(rows(guard)).isEmpty();
            guard.clock(T0 + 12 * MINUTE);
            assertThat(rows(guard))
                    .singleElement()
                    .asString()
                    .startsWith("BUDGET_EXCEEDED:acq-1 2 CLEARED ")
                    .satisfies(row -> assertThat(Long.parseLong(row.substring(row.lastIndexOf(' ') + 1)))
                            .isBetween(T0 + 10 * MINUTE, T0 + 10 * MINUTE + 2 * SECOND));

            guard.read(ordered(command("q", 100, T0 + 12 * MINUTE + 1))).clock(T0 + 13 * MINUTE);
            assertThat(guard.said()).singleElement().matches(Command::automatic);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the budget by amount is kept for each currency by itself, and for each acquirer")
    void holdsWhatGoesBeyondTheAmountBudgetOfACurrency(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.AMOUNT_BUDGET, 250))) {
            guard.read(ordered(command("a", 200, T0)));
            guard.read(ordered(in("JPY", command("b", 200, T0 + 1))));
            guard.read(ordered(command("c", 100, T0 + 2)));
            guard.read(ordered(command("d", 50, T0 + 3)));
            guard.read(ordered(at("acq-2", command("e", 100, T0 + 4))));
            guard.clock(T0 + MINUTE);

            assertThat(guard.said())
                    .extracting(Command::paymentId, Command::approval)
                    .containsExactlyInAnyOrder(
                            tuple("a", Approval.AUTOMATIC),
                            tuple("b", Approval.AUTOMATIC),
                            tuple("c", Approval.REQUIRED),
                            tuple("d", Approval.AUTOMATIC),
                            tuple("e", Approval.AUTOMATIC));
            assertThat(rows(guard))
                    .as("what was held does not count, so the next moment is below the budget")
                    .containsExactly(
                            "BUDGET_EXCEEDED:acq-1 1 RAISED " + (T0 + 2),
                            "BUDGET_EXCEEDED:acq-1 2 CLEARED " + (T0 + 3));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("what was decided sticks: a command written again or withdrawn gets the same, after a restart too")
    void decidesOnce(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.COMMAND_BUDGET, 1))) {
            Command free = command("a", 100, T0);
            Command over = command("b", 100, T0 + 1);
            guard.read(ordered(free)).read(ordered(over)).clock(T0 + HOUR);
            guard.said();

            guard.restart(2).policy(Given.everywhere(Setting.COMMAND_BUDGET, 0));
            guard.read(ordered(free.again(false))).read(ordered(over.again(false)));
            guard.read(ordered(free.again(false).again(true)))
                    .read(ordered(over.again(false).again(true)));
            guard.clock(T0 + 2 * HOUR);

            assertThat(guard.said())
                    .extracting(Command::paymentId, Command::issue, Command::approvalReason)
                    .containsExactlyInAnyOrder(
                            tuple("a", 2, null),
                            tuple("a", 3, null),
                            tuple("b", 2, ApprovalReason.BUDGET_EXCEEDED),
                            tuple("b", 3, ApprovalReason.BUDGET_EXCEEDED));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a command that is held may be sent as soon as a person allows it, and as long as one may take")
    void givesAHeldCommandTheTimesOfAPerson(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(
                backend,
                Given.everywhere(Setting.COMMAND_BUDGET, 0),
                new PolicyChange("merchant:mer-1", Map.of(Setting.APPROVAL_WITHIN, 2 * HOUR)))) {
            Command command = command("a", 100, T0);
            guard.read(ordered(command)).clock(T0);

            assertThat(guard.said()).containsExactly(command.held(ApprovalReason.BUDGET_EXCEEDED, T0, T0 + 2 * HOUR));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void leavesACommandThatWaitsForAPersonAnyway(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.COMMAND_BUDGET, 0))) {
            Command command = command("a", 100, T0).held(ApprovalReason.POLICY, T0, T0 + DAY);
            guard.read(ordered(command)).clock(T0);

            assertThat(guard.said()).containsExactly(command);
            assertThat(rows(guard)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("when all commands are long past nothing waits, and no decision or timer is left")
    void forgetsWhatItDecided(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.COMMAND_BUDGET, 10))) {
            for (int i = 0; i < 300; i++) {
                guard.read(ordered(command("p" + i, 100, T0 + i * SECOND)));
            }
            guard.clock(T0 + HOUR);
            assertThat(guard.said()).hasSize(300);
            assertThat(guard.keys("held")).isOne();
            assertThat(guard.timers()).as("decisions are forgotten by the hour").isLessThan(5);

            guard.clock(LONG_AFTER);

            assertNothingWaits(guard);
            assertThat(guard.keys("guard")).as("one acquirer").isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("twenty thousand commands in one millisecond all pass, and take room in proportion to their number")
    void takesAGreatManyCommandsInOneMoment(Backend backend) {
        int count = backend == Backend.HEAP ? 20_000 : 10_000;
        long few = sizeWith(count / 4, backend);
        long many = sizeWith(count, backend);

        assertThat(many).isBetween(2 * few, 5 * few);
    }

    private static long sizeWith(int count, Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            for (int i = 0; i < count; i++) {
                guard.read(ordered(command("p" + i, 100, T0)));
            }
            assertThat(guard.timers()).isOne();
            long size = guard.snapshot().getStateSize();

            guard.clock(T0);

            assertThat(guard.said())
                    .hasSize(count)
                    .filteredOn(Command::automatic)
                    .hasSize(100);
            assertThat(guard.keys("waitingCommands")).isZero();
            assertThat(guard.timers()).isLessThan(5);
            return size;
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("the maximum watermark at the end of the input lets nothing pass")
    void letsNothingPassWhenTheInputEnds(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            guard.read(ordered(command("a", 100, T0))).clock(T0 - 1).clock(Long.MAX_VALUE);

            assertThat(guard.said()).isEmpty();
            assertThat(guard.keys("waitingCommands")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void losesNothingWhenTheParallelismChanges(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            guard.policy(Given.everywhere(Setting.COMMAND_BUDGET, 1));
            for (int i = 0; i < 40; i++) {
                guard.read(ordered(at("acq-" + i / 2, command("p" + i, 100, T0 + i % 2))));
            }
            guard.clock(T0).restart(2).clock(T0).restart(1).clock(T0 + 1);

            assertThat(guard.said()).hasSize(40).filteredOn(Command::automatic).hasSize(20);
            assertThat(rows(guard)).hasSize(20);
        }
    }

    // --- the health of feeds ---

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a feed that is silent is told once, and cleared by its next record")
    void tellsThatAFeedIsSilentOnce(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            for (int i = 0; i < 60; i++) {
                guard.read(heard(SHOP.request("p" + i, 100, T0 + i * SECOND)));
            }
            guard.clock(T0 + MINUTE);
            assertThat(rows(guard)).containsExactly("FEED_SILENT:responses:acq-1 1 RAISED " + (T0 + 31 * SECOND));

            guard.restart().clock(T0 + 10 * MINUTE);
            guard.read(heard(SHOP.decline("q", 100, T0 + 10 * MINUTE + 50))).clock(T0 + 11 * MINUTE);
            assertThat(rows(guard))
                    .containsExactly("FEED_SILENT:responses:acq-1 2 CLEARED " + (T0 + 10 * MINUTE + 100));
            assertNothingWaits(guard);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORIZATION_UNANSWERED,FEED_UNHEALTHY",
        "CAPTURE_OVERDUE,",
        "PREAUTH_EXPIRED,",
        "SETTLEMENT_OVERDUE,",
        "CAPTURE_ON_DECLINED,",
        "DUPLICATE_CAPTURE,",
    })
    @DisplayName("while answers are silent, only what rests on their absence is held")
    void holdsOnlyWhatRestsOnTheSilentFeed(AlertType type, ApprovalReason expected) {
        try (Operator<GuardInput, Command> guard = guard(Backend.HEAP)) {
            for (int i = 0; i < 60; i++) {
                guard.read(heard(SHOP.request("p" + i, 100, T0 + i * SECOND)));
            }
            guard.read(ordered(command("a", type, 100, T0 + MINUTE)));
            guard.read(ordered(at("acq-2", command("b", type, 100, T0 + MINUTE))))
                    .clock(T0 + MINUTE);

            assertThat(guard.said())
                    .extracting(Command::paymentId, Command::approvalReason)
                    .containsExactlyInAnyOrder(tuple("a", expected), tuple("b", null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "captures,CAPTURE_OVERDUE,FEED_UNHEALTHY",
        "captures,PREAUTH_EXPIRED,FEED_UNHEALTHY",
        "captures,SETTLEMENT_OVERDUE,",
        "settlements,SETTLEMENT_OVERDUE,FEED_UNHEALTHY",
        "settlements,CAPTURE_OVERDUE,",
    })
    @DisplayName("while captures or settlements are silent, only what rests on their absence is held")
    void holdsOnlyWhatRestsOnSilentCapturesOrSettlements(String silent, AlertType type, ApprovalReason expected) {
        try (Operator<GuardInput, Command> guard = guard(Backend.HEAP)) {
            for (int i = 0; i < 60; i++) {
                long at = T0 + i * HOUR;
                guard.read(heard(SHOP.approve("p" + i, 100, at)));
                if (silent.equals("settlements")) {
                    guard.read(heard(SHOP.capture("p" + i, "c", 100, at + SECOND)));
                }
            }
            long now = T0 + 60 * HOUR;
            guard.read(ordered(command("a", type, 100, now))).clock(now);

            assertThat(rows(guard)).singleElement().asString().startsWith("FEED_SILENT:" + silent + ":acq-1 1 RAISED");
            assertThat(guard.said())
                    .singleElement()
                    .extracting(Command::approvalReason)
                    .isEqualTo(expected);
        }
    }

    // --- policies ---

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("policies at the start are in force, a change holds from then on, null takes it back")
    void takesChangesOfPolicies(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend, Given.everywhere(Setting.COMMAND_BUDGET, 0))) {
            guard.read(ordered(command("a", 100, T0))).clock(T0);
            guard.policy(new PolicyChange("acquirer:acq-1", Map.of(Setting.COMMAND_BUDGET, 1L)));
            guard.read(ordered(command("b", 100, T0 + 1))).clock(T0 + 1);
            guard.policy(new PolicyChange("acquirer:acq-1", Map.of()));
            guard.read(ordered(command("c", 100, T0 + 2))).clock(T0 + 2);
            guard.policy(new PolicyChange(PolicyChange.EVERYWHERE, Map.of()));
            guard.restart().read(ordered(command("d", 100, T0 + 3))).clock(T0 + 3);

            assertThat(guard.said())
                    .extracting(Command::approval)
                    .containsExactly(Approval.REQUIRED, Approval.AUTOMATIC, Approval.REQUIRED, Approval.AUTOMATIC);
        }
    }

    // --- releases ---

    @Test
    void keepsASavepointForReleasesToCome() {
        try (Operator<GuardInput, Command> guard = guard(Backend.HEAP)) {
            guard.policy(Given.everywhere(Setting.COMMAND_BUDGET, 1));
            guard.read(ordered(command("a", 100, T0))).read(ordered(command("b", 100, T0 + 1)));
            guard.read(ordered(command("c", 100, T0 + MINUTE))).clock(T0 + SECOND);
            for (int i = 0; i < 20; i++) {
                guard.read(heard(SHOP.request("p" + i, 100, T0 + 2 * SECOND + i * SECOND)));
            }
            Savepoints.write(guard, "guards-1");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    @DisplayName("a savepoint of release 1 is restored, with what was decided and what waits")
    void goesOnFromASavepointOfRelease1(Backend backend) {
        try (Operator<GuardInput, Command> guard = guard(backend)) {
            guard.restartFrom(Savepoints.kept(GuardHarnessTest.class, "guards-1"));
            guard.read(ordered(command("b", 100, T0 + 1).again(true)));
            guard.read(heard(SHOP.request("q", 100, T0 + 40 * SECOND))).clock(T0 + HOUR);

            assertThat(guard.said())
                    .extracting(Command::paymentId, Command::issue, Command::approvalReason)
                    .containsExactly(
                            tuple("b", 2, ApprovalReason.BUDGET_EXCEEDED),
                            tuple("c", 1, ApprovalReason.FEED_UNHEALTHY));
            assertThat(rows(guard))
                    .anyMatch(row -> row.startsWith("FEED_SILENT:responses:acq-1 1 RAISED"))
                    .anyMatch(row -> row.startsWith("BUDGET_EXCEEDED:acq-1 2 CLEARED"));
            guard.clock(LONG_AFTER);
            assertNothingWaits(guard);
        }
    }

    private static void assertNothingWaits(Operator<GuardInput, Command> guard) {
        for (String state : List.of("waiting", "minutes", "waitingCommands", "expiries", "held")) {
            assertThat(guard.keys(state)).as(state).isZero();
        }
        assertThat(guard.timers()).as("timers").isZero();
    }

    private static Operator<GuardInput, Command> guard(Backend backend, PolicyChange... policies) {
        return new Operator<>(
                backend,
                new CoBroadcastWithKeyedOperator<>(
                        new GuardFunction(new BroadcastPolicies(List.of(policies)), ALERTS),
                        List.of(BroadcastPolicies.STATE)),
                GuardInput::acquirerId,
                StreamCodec.GUARD_INPUT_TYPE,
                StreamCodec.COMMAND_TYPE,
                ALERTS);
    }

    private static GuardInput ordered(Command command) {
        return new GuardInput.Ordered(command);
    }

    private static GuardInput heard(Fact fact) {
        return new GuardInput.Heard(Sound.of(fact));
    }

    private static Command command(String payment, long amount, long issuedAt) {
        return command(payment, AlertType.AUTHORIZATION_UNANSWERED, amount, issuedAt);
    }

    private static Command command(String payment, AlertType type, long amount, long issuedAt) {
        String alertId = payment + ':' + type + ":r";
        return new Command(
                alertId + "#REVERSE",
                1,
                false,
                alertId,
                payment,
                Action.REVERSE,
                amount,
                "GBP",
                Cause.NETWORK,
                Approval.AUTOMATIC,
                null,
                issuedAt,
                issuedAt + 5 * MINUTE,
                issuedAt + 155 * MINUTE,
                new Original("acq-1", "mer-1", null, null, null, null, null, null, null, null));
    }

    private static Command in(String currency, Command c) {
        return with(c, currency, c.original());
    }

    private static Command at(String acquirer, Command c) {
        return with(c, c.currency(), new Original(acquirer, "mer-1", null, null, null, null, null, null, null, null));
    }

    private static Command with(Command c, String currency, Original original) {
        return new Command(
                c.commandId(),
                c.issue(),
                c.withdrawn(),
                c.alertId(),
                c.paymentId(),
                c.action(),
                c.amount(),
                currency,
                c.cause(),
                c.approval(),
                c.approvalReason(),
                c.issuedAtMillis(),
                c.notBeforeMillis(),
                c.expiresAtMillis(),
                original);
    }

    private static List<String> rows(Operator<GuardInput, Command> guard) {
        return guard.said(ALERTS).stream().map(GuardHarnessTest::row).toList();
    }

    private static String row(Alert a) {
        return a.alertId() + ' ' + a.revision() + (a.raised() ? " RAISED " : " CLEARED ") + a.detectedAtMillis();
    }
}
