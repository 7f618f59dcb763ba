package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RandomLivesTest {

    private static final Set<AlertType> OF_PAYMENTS = Arrays.stream(AlertType.values())
            .filter(t -> t.scope() == AlertType.Scope.PAYMENT)
            .collect(Collectors.toSet());

    @Test
    void theSameSeedGivesTheSameLivesAndAnotherOneOthers() {
        RandomLives options = RandomLives.seeded(7).payments(200);
        assertThat(options.generate()).isEqualTo(options.generate());
        assertThat(options.generate().facts())
                .isNotEqualTo(RandomLives.seeded(8).payments(200).generate().facts());
    }

    @Test
    void everyKindOfAnomalyOccursAtEitherPace() {
        for (Pace pace : List.of(Pace.REAL, Pace.SECONDS)) {
            Lives lives =
                    RandomLives.seeded(Seed.VALUE).payments(2_000).pace(pace).generate();
            Watch watch = watch(lives, pace);
            Set<AlertType> types = alerts(watch).stream().map(Alert::type).collect(Collectors.toSet());
            assertThat(types).as(Seed.of("types of alerts")).isEqualTo(OF_PAYMENTS);
            List<Command> commands = commands(watch);
            assertThat(commands.stream().map(Command::action).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(Action.values());
            assertThat(commands.stream().map(Command::approvalReason).collect(Collectors.toSet()))
                    .as(Seed.of("reasons"))
                    .contains(
                            null,
                            ApprovalReason.POLICY,
                            ApprovalReason.SUSPECTED,
                            ApprovalReason.CONFLICT,
                            ApprovalReason.COMMAND_OPEN,
                            ApprovalReason.AMOUNT_OVER_LIMIT);
        }
    }

    @Test
    void outcomesAnswerCommandsThatExistAndSomeThatDoNot() {
        Lives lives = RandomLives.seeded(Seed.VALUE).payments(1_000).generate();
        Set<String> made = commands(watch(lives, Pace.REAL)).stream()
                .map(Command::commandId)
                .collect(Collectors.toSet());
        List<Outcome> outcomes = lives.facts().stream()
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .toList();
        assertThat(outcomes.stream().filter(o -> made.contains(o.commandId()))).hasSizeGreaterThan(100);
        assertThat(outcomes.stream().filter(o -> !made.contains(o.commandId()))).hasSizeGreaterThan(20);
        assertThat(outcomes.stream().map(Outcome::result).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Outcome.Result.values());
        assertThat(RandomLives.seeded(Seed.VALUE).withoutOutcomes().generate().facts())
                .noneMatch(Outcome.class::isInstance);
    }

    @Test
    void allFeedsCurrenciesAndKindsOfDisorderOccur() {
        Lives lives = RandomLives.seeded(Seed.VALUE).payments(500).generate();
        assertThat(lives.all().stream().map(Fact::feed).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Feed.values());
        Set<String> currencies = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int redelivered = 0;
        int skewed = 0;
        int ahead = 0;
        for (Fact fact : lives.facts()) {
            redelivered += ids.add(fact.eventId()) ? 0 : 1;
            if (fact instanceof FeedRecord record) {
                currencies.add(record.currency());
                skewed += record.occurredAtMillis() != record.arrivedAtMillis() ? 1 : 0;
                ahead += record.occurredAtMillis() > record.arrivedAtMillis() ? 1 : 0;
            }
        }
        assertThat(currencies).contains("EUR", "JPY", "KWD");
        assertThat(redelivered).isPositive();
        assertThat(skewed).isPositive();
        assertThat(ahead).isPositive();
        assertThat(lives.facts()).isSortedAccordingTo(Lives.BY_ARRIVAL);
    }

    @Test
    void withoutFaultsAndDisorderNothingIsWrong() {
        Lives lives = RandomLives.seeded(Seed.VALUE)
                .payments(1_000)
                .starting(RandomLives.DEFAULT_START_MILLIS, Duration.ofDays(300))
                .faults(0)
                .disorder(0)
                .withoutOutcomes()
                .withoutScopedPolicies()
                .generate();
        assertThat(alerts(watch(lives, Pace.REAL)))
                .extracting(Alert::type)
                .as("cards that meet by chance aside")
                .isSubsetOf(AlertType.DUPLICATE_AUTHORIZATION, AlertType.COMMAND_UNANSWERED);
    }

    @Test
    void aLifeOfSecondsIsOverInAMinuteOrTwo() {
        Lives lives = RandomLives.seeded(Seed.VALUE)
                .payments(300)
                .pace(Pace.SECONDS)
                .starting(0, Duration.ofSeconds(30))
                .generate();
        assertThat(lives.endMillis()).isLessThan(Duration.ofMinutes(4).toMillis());
        assertThat(lives.policies().of("a9", "m9").settleWithin()).isEqualTo(8_000);
        assertThat(lives.changes().values())
                .allSatisfy(c -> assertThat(c.problems()).isEmpty());
    }

    @Test
    void everyAmountAndTimeIsOneThatIsAdmitted() {
        for (Fact fact :
                RandomLives.seeded(Seed.VALUE).payments(2_000).generate().facts()) {
            if (fact instanceof FeedRecord record) {
                assertThat(record.amount()).isBetween(1L, 1_000_000_000_000L);
                assertThat(record.arrivedAtMillis() - record.occurredAtMillis())
                        .isBetween(
                                -Duration.ofDays(1).toMillis(),
                                Duration.ofDays(40).toMillis());
            }
        }
    }

    @Test
    void aSettingCanBeHeldForAllScopes() {
        Lives lives = RandomLives.seeded(Seed.VALUE).generate().everywhere(Setting.SETTLE_WITHIN, 5L);
        assertThat(lives.policies().of("a1", "m3").settleWithin()).isEqualTo(5);
        assertThat(lives.policies().of("x", "y").settleWithin()).isEqualTo(5);
    }

    private static Watch watch(Lives lives, Pace pace) {
        return new Watch(lives.policies(), 0)
                .readAll(ReadingOrder.inOrder(lives.all()))
                .advanceTo(lives.endMillis() + pace.lifeMillis());
    }

    private static List<Alert> alerts(Watch watch) {
        return watch.transcripts().values().stream()
                .flatMap(t -> t.alerts().stream())
                .toList();
    }

    private static List<Command> commands(Watch watch) {
        return watch.transcripts().values().stream()
                .flatMap(t -> t.commands().stream())
                .toList();
    }
}
