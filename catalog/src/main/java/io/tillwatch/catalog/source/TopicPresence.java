package io.tillwatch.catalog.source;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at topics before they are read, so that what is missing is said where the question was asked. */
final class TopicPresence {

    private TopicPresence() {}

    /**
     * How many partitions the widest of these topics has.
     *
     * @throws ValidationException if there is no such topic, or Kafka does not answer
     */
    static int partitionsMax(Map<String, String> kafka, List<String> names) {
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .max()
                    .orElseThrow();
        } catch (ExecutionException e) {
            String topics = String.join(", ", names);
            // Without its cause: all that is known of it is said.
            throw new ValidationException(
                    e.getCause() instanceof UnknownTopicOrPartitionException
                            ? topics
                                    + ": not there, or not all; look at the topic prefix, or make the topics with ./tillwatch topics"
                            : "Kafka does not tell of " + topics + ": "
                                    + e.getCause().getMessage()
                                    + "; look whether it is there, and at the settings of its client");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TableException("interrupted while asking Kafka for topics", e);
        }
    }
}
