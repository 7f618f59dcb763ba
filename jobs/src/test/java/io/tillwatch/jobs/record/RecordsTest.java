package io.tillwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules' words and the records' words are the same. */
class RecordsTest {

    private static final String RECORDS = "io.tillwatch.schemas.record.";

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(Authorization.Kind.class, "AuthorizationKind"),
                Arguments.of(Authorization.Status.class, "AuthorizationStatus"),
                Arguments.of(Authorization.CaptureMode.class, "CaptureMode"),
                Arguments.of(Capture.Status.class, "CaptureStatus"),
                Arguments.of(Settlement.Status.class, "SettlementStatus"),
                Arguments.of(Reversal.Kind.class, "ReversalKind"),
                Arguments.of(Reversal.Status.class, "ReversalStatus"),
                Arguments.of(Outcome.Result.class, "OutcomeResult"),
                Arguments.of(Suspicion.Confidence.class, "Confidence"),
                Arguments.of(AlertType.class, "AlertType"),
                Arguments.of(AlertType.Severity.class, "Severity"),
                Arguments.of(AlertType.Scope.class, "Scope"),
                Arguments.of(Cause.class, "Cause"),
                Arguments.of(Action.class, "Action"),
                Arguments.of(Approval.class, "Approval"),
                Arguments.of(ApprovalReason.class, "ApprovalReason"),
                Arguments.of(Mode.class, "Mode"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("words")
    void haveTheSameConstants(Class<? extends Enum<?>> ours, String theirs) throws ClassNotFoundException {
        assertThat(names(Class.forName(RECORDS + theirs))).containsExactlyInAnyOrderElementsOf(names(ours));
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    @Test
    void haveTheSameSettings() {
        List<String> fields = Policy.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> !name.equals("scope"))
                .toList();

        assertThat(fields)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                        .map(Setting::settingName)
                        .toList());
    }

    @Test
    void haveTheSameFeeds() {
        for (Feed feed : Feed.values()) {
            assertThat(FeedTypes.topic(feed).baseName()).isEqualTo(feed.topic());
            assertThat(FeedTypes.topic(feed).recordType().orElseThrow()).isEqualTo(FeedTypes.recordType(feed));
            assertThat(FeedTypes.holdsTheClock(feed))
                    .as("the clock waits for the feeds that are pulsed")
                    .isEqualTo(FeedTypes.topic(feed).pulsed());
        }
        assertThat(Topic.DEAD_LETTERS.recordType()).isEmpty();
        assertThat(Refusal.Code.values()).hasSize(8);
    }

    @Test
    void showTheNewest32RecordsOfEachKindAsEvidence() {
        Facts facts = Facts.NONE;
        for (int i = 0; i < 40; i++) {
            long at = Given.T0 + i;
            for (Fact fact : List.of(
                    Given.SHOP.request("p", 5, at),
                    Given.SHOP.capture("p", "c" + i, 5, at),
                    Given.SHOP.settle("p", "c" + i, 5, at),
                    Given.SHOP.reverse("p", 5, at),
                    Given.SHOP.outcome("p", "p:X#REVERSE", Outcome.Result.DONE, 5, at),
                    Given.SHOP.suspect("p", "q", at))) {
                facts = facts.and(fact);
            }
        }
        Alert alert = new Alert(
                "p:X",
                1,
                true,
                AlertType.OVER_RETURNED,
                AlertType.Severity.CRITICAL,
                "p",
                null,
                "acq-1",
                "mer-1",
                null,
                Given.T0,
                5L,
                "GBP",
                Cause.UNKNOWN,
                null,
                new Evidence(facts, List.of(), 1, 2, 3));

        io.tillwatch.schemas.record.Alert record = ResultRecords.alert(alert);

        io.tillwatch.schemas.record.Evidence evidence = record.getEvidence();
        assertThat(List.of(
                        evidence.getAuthorizations(),
                        evidence.getCaptures(),
                        evidence.getSettlements(),
                        evidence.getReversals(),
                        evidence.getOutcomes(),
                        evidence.getSuspicions()))
                .allSatisfy(shown -> assertThat(shown).hasSize(32));
        assertThat(evidence.getCaptures().get(31).getCaptureId()).isEqualTo("c39");
        byte[] bytes = new SingleObject().writer(RecordType.ALERT).write(record);
        assertThat(bytes.length).as("far below what the topic takes").isLessThan(Topic.ALERTS.messageBytesMax() / 20);
    }
}
