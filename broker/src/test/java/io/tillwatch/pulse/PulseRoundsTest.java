package io.tillwatch.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PulseRoundsTest {

    private static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final List<TopicPartition> TWO =
            List.of(new TopicPartition("feed", 0), new TopicPartition("feed", 1));

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final PulseRounds rounds =
            new PulseRounds(kafka, Clock.fixed(Instant.ofEpochMilli(NOW_MILLIS), ZoneOffset.UTC));

    @Test
    void sendsAPulseWithoutKeyOrValueToEachPartition() {
        rounds.pulse(TWO);
        assertThat(kafka.history()).extracting(ProducerRecord::partition).containsExactly(0, 1);
        assertThat(kafka.history()).allSatisfy(pulse -> {
            assertThat(pulse.key()).isNull();
            assertThat(pulse.value()).isNull();
            assertThat(pulse.headers().lastHeader("pulse").value()).isEmpty();
            assertThat(pulse.timestamp()).isEqualTo(NOW_MILLIS);
        });
    }

    @Test
    void sendsNoSecondPulseToAPartitionWhileTheFirstIsUnderway() {
        rounds.pulse(TWO);
        kafka.completeNext();
        for (int i = 0; i < 10; i++) {
            rounds.pulse(TWO);
        }
        assertThat(kafka.history()).extracting(ProducerRecord::partition).containsExactly(0, 1, 0);
        PulseCounts counts = rounds.counts(2);
        assertThat(counts.written()).isEqualTo(1);
        assertThat(counts.skipped()).isEqualTo(19);
        assertThat(counts.lastWrittenMillis()).hasValue(NOW_MILLIS);
    }

    @Test
    void triesAgainInTheNextRoundAfterAFailureAndOnlyThen() {
        rounds.pulse(TWO);
        kafka.errorNext(new TimeoutException("too late"));
        kafka.errorNext(new TimeoutException("too late"));
        assertThat(kafka.history()).hasSize(2);
        assertThat(rounds.counts(2)).isEqualTo(new PulseCounts(2, 0, 2, 0, OptionalLong.empty()));
        rounds.pulse(TWO);
        assertThat(kafka.history()).hasSize(4);
    }

    @Test
    void goesOnWhenSendingItselfFails() {
        kafka.sendException = new IllegalStateException("no such setting");
        rounds.pulse(TWO);
        assertThat(rounds.counts(2).failed()).isEqualTo(2);
        kafka.sendException = null;
        rounds.pulse(TWO);
        assertThat(kafka.history()).hasSize(2);
    }
}
