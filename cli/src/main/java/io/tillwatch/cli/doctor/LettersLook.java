package io.tillwatch.cli.doctor;

import io.tillwatch.cli.redrive.LetterBox;
import io.tillwatch.cli.redrive.UnreadableMarkException;
import io.tillwatch.schemas.topic.Topic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** Looks whether dead letters wait, where that takes no more than a moment. */
final class LettersLook {

    /** A second's worth. */
    private static final long RECORDS_MAX = 20_000;

    private static final String WANTED = "none that waits";

    private final Map<String, Object> client;
    private final String prefix;

    LettersLook(Map<String, Object> client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    /** What was found; nothing if this user may not read them, which is no fault of theirs. */
    Optional<Finding> look(Admin admin, int partitions) {
        String name = Topic.DEAD_LETTERS.name(prefix);
        try {
            long records = records(admin, name, partitions);
            if (records > RECORDS_MAX) {
                return Optional.of(Finding.good(
                        name, "holds about " + records + " records, too many to look here whether some wait", WANTED));
            }
            if (records == 0) {
                return Optional.of(Finding.good(name, "holds no refused record", WANTED));
            }
            LetterBox.Waiting waiting = new LetterBox(client, prefix).waiting();
            return Optional.of(
                    waiting.letters() == 0
                            ? Finding.good(name, "all refused records were sent back or laid aside", WANTED)
                            : Finding.wrong(
                                    name,
                                    waiting.letters() + (waiting.letters() == 1 ? " record waits" : " records wait")
                                            + " that "
                                            + (waiting.letters() == 1 ? "was" : "were") + " refused, the oldest since "
                                            + Instant.ofEpochMilli(waiting.oldestMillis()),
                                    WANTED,
                                    "./tillwatch redrive list --bootstrap " + client.get("bootstrap.servers")
                                            + " --topic-prefix " + prefix));
        } catch (UnreadableMarkException e) {
            return Optional.of(Finding.wrong(name, "how many wait is not known", WANTED, e.getMessage()));
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private static long records(Admin admin, String name, int partitions) {
        return sum(admin, name, partitions, OffsetSpec.latest()) - sum(admin, name, partitions, OffsetSpec.earliest());
    }

    private static long sum(Admin admin, String name, int partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        IntStream.range(0, partitions).forEach(partition -> asked.put(new TopicPartition(name, partition), which));
        try {
            return admin.listOffsets(asked).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException("Kafka's answer cannot be used", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking Kafka", e);
        }
    }
}
