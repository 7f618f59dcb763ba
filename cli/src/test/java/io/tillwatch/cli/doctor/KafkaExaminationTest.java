package io.tillwatch.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.doctor.KafkaState.TopicState;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

/** What a broker without users cannot show: rights, and clocks that are apart. */
class KafkaExaminationTest {

    private static final long NOW = 1_772_452_800_000L;

    @Test
    void asksForTheRightThatIsMissing() {
        assertThat(wrong(Role.JOBS, Topic.ALERTS, state(Topic.ALERTS, Set.of(AclOperation.READ), NOW)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy())
                        .contains("kafka-acls.sh --bootstrap-server k:9092 --add --allow-principal User:NAME"
                                + " --operation WRITE --topic tillwatch.alerts"));
    }

    @Test
    void asksForTheRightToSeeWhatIsHidden() {
        KafkaState state = new KafkaState(Map.of(), Set.of(Topic.CAPTURES));
        assertThat(examination(Optional.empty()).findings(state))
                .filteredOn(finding -> finding.subject().equals("tillwatch.captures"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy().orElseThrow()).contains("--operation DESCRIBE "));
    }

    @Test
    void isContentWithWhatIsNeededAndNoMore() {
        assertThat(wrong(Role.RESPONDER, Topic.OUTCOMES, state(Topic.OUTCOMES, Set.of(AclOperation.WRITE), NOW)))
                .isEmpty();
        assertThat(wrong(
                        Role.RESPONDER,
                        Topic.REVERSAL_COMMANDS,
                        state(Topic.REVERSAL_COMMANDS, Set.of(AclOperation.READ), NOW)))
                .isEmpty();
    }

    @Test
    void findsABrokersClockThatIsAhead() {
        assertThat(wrong(null, Topic.CAPTURES, state(Topic.CAPTURES, Set.of(), NOW + 5_000)))
                .isEmpty();
        assertThat(wrong(null, Topic.CAPTURES, state(Topic.CAPTURES, Set.of(), NOW + 5_001)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("5001 ms ahead"));
    }

    @Test
    void findsThePartitionThatStands() {
        assertThat(wrong(null, Topic.CAPTURES, state(Topic.CAPTURES, Set.of(), NOW - 60_000)))
                .isEmpty();
        assertThat(wrong(null, Topic.CAPTURES, state(Topic.CAPTURES, Set.of(), NOW - 60_001)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).endsWith("partitions [1]"));
    }

    private static List<Finding> wrong(Role roleOrNull, Topic topic, KafkaState state) {
        return examination(Optional.ofNullable(roleOrNull)).findings(state).stream()
                .filter(finding -> finding.subject().equals(topic.name(Topic.DEFAULT_PREFIX)) && !finding.good())
                .toList();
    }

    private static KafkaExamination examination(Optional<Role> role) {
        return new KafkaExamination("k:9092", Topic.DEFAULT_PREFIX, role, Duration.ofMinutes(1), NOW);
    }

    /** One topic with two partitions, of which the second is of that age. */
    private static KafkaState state(Topic topic, Set<AclOperation> allowed, long secondMillis) {
        Map<Topic, TopicState> topics = new EnumMap<>(Topic.class);
        topics.put(
                topic,
                new TopicState(2, Optional.of(topic.config()), allowed, Optional.of(Map.of(0, NOW, 1, secondMillis))));
        return new KafkaState(topics, Set.of());
    }
}
