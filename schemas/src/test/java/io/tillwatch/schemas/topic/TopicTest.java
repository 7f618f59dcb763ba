package io.tillwatch.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.RecordType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "AUTHORIZATIONS    | tillwatch.authorizations    | Authorization | 12 | delete         | 604800000   | LogAppendTime | true",
                "CAPTURES          | tillwatch.captures          | Capture       | 12 | delete         | 604800000   | LogAppendTime | true",
                "SETTLEMENTS       | tillwatch.settlements       | Settlement    | 12 | delete         | 604800000   | LogAppendTime | true",
                "REVERSALS         | tillwatch.reversals         | Reversal      | 12 | delete         | 604800000   | LogAppendTime | true",
                "OUTCOMES          | tillwatch.outcomes          | Outcome       | 12 | delete         | 2592000000  | LogAppendTime | true",
                "SUSPICIONS        | tillwatch.suspicions        | Suspicion     | 12 | delete         | 604800000   | LogAppendTime | false",
                "POLICIES          | tillwatch.policies          | Policy        | 1  | compact        |             | LogAppendTime | false",
                "ALERTS            | tillwatch.alerts            | Alert         | 12 | compact,delete | 10368000000 | CreateTime    | false",
                "REVERSAL_COMMANDS | tillwatch.reversal-commands | Command       | 12 | delete         | 2592000000  | CreateTime    | false",
                "RETRY_COMMANDS    | tillwatch.retry-commands    | Command       | 12 | delete         | 2592000000  | CreateTime    | false",
                "DEAD_LETTERS      | tillwatch.dead-letters      |               | 12 | delete         | 2592000000  | CreateTime    | false",
                "REDRIVEN          | tillwatch.redriven          | Redriven      | 1  | compact        |             | CreateTime    | false",
            })
    void isCreatedAs(
            Topic topic,
            String name,
            String record,
            int partitions,
            String cleanup,
            String retentionMillis,
            String timestampType,
            boolean pulsed) {
        assertThat(topic.name(Topic.DEFAULT_PREFIX)).isEqualTo(name);
        assertThat(topic.recordType().map(RecordType::name)).isEqualTo(Optional.ofNullable(record));
        assertThat(topic.defaultPartitions()).isEqualTo(partitions);
        assertThat(topic.pulsed()).isEqualTo(pulsed);
        assertThat(topic.config())
                .containsEntry("cleanup.policy", cleanup)
                .containsEntry("message.timestamp.type", timestampType);
        assertThat(topic.config().get("retention.ms")).isEqualTo(retentionMillis);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void keepsMoreThanAFeedBringsInADeadLetter(Topic topic) {
        Map<String, String> config = topic.config();
        if (topic.timestampType() == Topic.TimestampType.LOG_APPEND_TIME) {
            assertThat(Topic.DEAD_LETTERS.messageBytesMax())
                    .isGreaterThan(Integer.parseInt(config.get("max.message.bytes")));
        }
    }

    @Test
    void takesAPrefixThatKafkaTakes() {
        assertThat(Topic.ALERTS.name("")).isEqualTo("alerts");
        assertThat(Topic.ALERTS.name("eu-1.")).isEqualTo("eu-1.alerts");
        assertThatThrownBy(() -> Topic.ALERTS.name("eu/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eu/alerts")
                .hasMessageContaining("prefix");
        assertThatThrownBy(() -> Topic.ALERTS.name("e".repeat(244))).isInstanceOf(IllegalArgumentException.class);
    }
}
