package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.ledger.Ledger;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No command asks for more than is left, and all of them together give back no more than was taken. */
class CommandPropertyTest {

    private static final Lives LIVES = RandomLives.seeded(Seed.VALUE + 3)
            .payments(2_000)
            .faults(0.9)
            .disorder(0.3)
            .generate()
            .everywhere(Setting.REMEMBER_FOR, Duration.ofDays(3_000).toMillis())
            .everywhere(Setting.FORGET_AFTER, Duration.ofDays(3_000).toMillis());

    @Test
    void noneAsksForMoreThanWasLeftWhenItWasIssued() {
        int checked = 0;
        for (Map.Entry<String, Transcript> e : watch(LIVES).transcripts().entrySet()) {
            List<Object> told = e.getValue().told();
            for (int i = 0; i < told.size(); i++) {
                if (told.get(i) instanceof Command command && command.issue() == 1) {
                    checked++;
                    assertWithinWhatIsLeft(command, told, i);
                }
            }
        }
        assertThat(checked).as("commands").isGreaterThan(500);
    }

    /** Reckoned anew from what the alert before it says is known. */
    private static void assertWithinWhatIsLeft(Command command, List<Object> told, int place) {
        String what = Seed.of(command);
        assertThat(told.get(place - 1)).as(what).isInstanceOf(Alert.class);
        Alert alert = (Alert) told.get(place - 1);
        assertThat(alert.alertId()).as(what).isEqualTo(command.alertId());
        assertThat(alert.revision()).as(what).isEqualTo(1);
        Evidence known = alert.evidence();
        long left = Math.max(known.hold() + known.netDebit(), possible(told, place, alert.detectedAtMillis()));
        Set<String> answered = new HashSet<>();
        known.facts().outcomes().forEach(o -> answered.add(o.commandId()));
        for (Command other : known.commands()) {
            boolean itself = other.commandId().equals(command.commandId());
            if (!itself
                    && !answered.contains(other.commandId())
                    && other.action().returnsMoney()) {
                left -= other.amount();
            }
        }
        switch (command.action()) {
            case REVERSE, REFUND -> assertThat(command.amount()).as(what).isBetween(1L, left);
            case RETRY_CAPTURE -> assertThat(command.amount()).as(what).isBetween(1L, known.hold());
            case RETRY_SETTLEMENT -> assertThat(command.amount()).as(what).isPositive();
            case ADJUST -> assertThat(command.amount()).as(what).isNotZero();
        }
        Ledger ledger = Ledger.of(known.facts());
        assertThat(ledger.hold()).as(what).isEqualTo(known.hold()).isNotNegative();
        assertThat(ledger.netDebit()).as(what).isEqualTo(known.netDebit()).isNotNegative();
    }

    /** The requests whose answer is missing at the end of the step, by the alerts alone. */
    private static long possible(List<Object> told, int place, long atMillis) {
        Map<String, Alert> standing = new HashMap<>();
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i) instanceof Alert alert && alert.type() == AlertType.AUTHORIZATION_UNANSWERED) {
                boolean laterStep = i > place && (alert.detectedAtMillis() > atMillis || !alert.raised());
                if (laterStep) {
                    break;
                }
                standing.put(alert.alertId(), alert);
            }
        }
        return standing.values().stream()
                .filter(Alert::raised)
                .mapToLong(Alert::amount)
                .sum();
    }

    @Test
    void oneCommandAtMostIsMadeForAnAlertAndItKeepsAllButIssueAndStatus() {
        for (Transcript transcript : watch(LIVES).transcripts().values()) {
            Map<String, Command> last = new HashMap<>();
            for (Command command : transcript.commands()) {
                Command before = last.put(command.alertId(), command);
                if (before == null) {
                    assertThat(command.issue()).as(Seed.of(command)).isEqualTo(1);
                    assertThat(command.withdrawn()).isFalse();
                } else {
                    assertThat(command).as(Seed.of(command)).isEqualTo(before.again(command.withdrawn()));
                    assertThat(before.withdrawn())
                            .as("written again after it was withdrawn")
                            .isFalse();
                }
            }
        }
    }

    /**
     * The whole way round: every automatic command is done in full as soon as it is made, every other one is refused by a
     * person. Then each effect finds its whole amount still held or debited, so that together they never give back more
     * than was taken.
     *
     * <p>This can be promised of automatic commands, since none is made while another is open; of two that wait for a
     * person, both about one capture, the second may name an amount that only the rest of the payment has left. And it can
     * be promised only where nobody else gives money back in between (what others do at the same time is seen too late by
     * anyone), clocks agree (else what was taken is itself revised) and requests are answered (else what may have been
     * taken is unknown and is reversed as a precaution). So these lives are without reversals by others, requests and
     * disorder.
     */
    @Test
    void allThatIsDoneWithoutAPersonGivesBackNoMoreThanWasTaken() {
        Lives lives = RandomLives.seeded(Seed.VALUE + 4)
                .payments(2_000)
                .faults(0.95)
                .disorder(0)
                .redeliveries(0)
                .withoutOutcomes()
                .generate();
        for (Setting mode : List.of(
                Setting.REVERSE_MODE,
                Setting.REFUND_MODE,
                Setting.ADJUST_MODE,
                Setting.RETRY_CAPTURE_MODE,
                Setting.RETRY_SETTLEMENT_MODE)) {
            lives = lives.everywhere(mode, Mode.AUTOMATIC.ordinal());
        }
        lives = lives.everywhere(Setting.AUTOMATIC_UP_TO, Setting.AUTOMATIC_UP_TO.max());
        int effects = 0;
        for (Map.Entry<String, List<Fact>> life : lives.byPayment().entrySet()) {
            List<Fact> facts = new ArrayList<>();
            for (Fact fact : life.getValue()) {
                if (!(fact instanceof Reversal
                        || fact instanceof Authorization a && a.status() == Authorization.Status.REQUESTED)) {
                    facts.add(Rewrite.occurredOnArrival(fact));
                }
            }
            effects += answerAllCommands(lives, life.getKey(), facts);
        }
        assertThat(effects).as("effects").isGreaterThan(100);
    }

    /** Adds the outcome of the earliest command that has none, and watches the life anew, until all have one. */
    private static int answerAllCommands(Lives lives, String paymentId, List<Fact> facts) {
        Set<String> answered = new HashSet<>();
        int effects = 0;
        while (true) {
            Optional<Command> next = new Watch(lives.policies(), 0)
                            .readAll(ReadingOrder.inOrder(facts))
                            .advanceTo(lives.endMillis() + Pace.REAL.lifeMillis())
                            .transcript(paymentId)
                            .commands()
                            .stream()
                            .filter(c -> !answered.contains(c.commandId()))
                            .findFirst();
            if (next.isEmpty()) {
                return effects;
            }
            Command command = next.get();
            answered.add(command.commandId());
            Outcome outcome = answer(command);
            if (outcome.done() && command.action().returnsMoney()) {
                assertFoundItsWholeAmount(outcome, knownBy(outcome, facts));
                effects++;
            }
            facts.add(outcome);
        }
    }

    private static Facts knownBy(Outcome outcome, List<Fact> facts) {
        Facts known = Facts.NONE;
        List<Fact> sorted = new ArrayList<>(facts);
        sorted.sort(Lives.BY_ARRIVAL);
        for (Fact fact : sorted) {
            if (fact.arrivedAtMillis() < outcome.arrivedAtMillis()) {
                known = known.and(fact);
            }
        }
        return known;
    }

    private static void assertFoundItsWholeAmount(Outcome outcome, Facts before) {
        Ledger then = Ledger.of(before);
        Ledger now = Ledger.of(before.and(outcome));
        long debited = then.netDebit() - now.netDebit();
        long heldAndDebited = debited + then.hold() - now.hold();
        // Of a capture with more to come the hold comes back when its debit is undone.
        assertThat(Math.max(debited, heldAndDebited))
                .as(Seed.of(outcome + " in " + before))
                .isEqualTo(outcome.amount());
    }

    private static Outcome answer(Command command) {
        long at = command.issuedAtMillis() + 1;
        return new Outcome(
                "o-" + command.commandId(),
                command.commandId(),
                command.paymentId(),
                at,
                at,
                command.automatic() ? Outcome.Result.DONE : Outcome.Result.FAILED,
                command.automatic() ? Math.abs(command.amount()) : 0,
                command.currency(),
                command.original().captureId(),
                null);
    }

    private static Watch watch(Lives lives) {
        return new Watch(lives.policies(), 0)
                .readAll(ReadingOrder.inOrder(lives.all()))
                .advanceTo(lives.endMillis() + Pace.REAL.lifeMillis());
    }
}
