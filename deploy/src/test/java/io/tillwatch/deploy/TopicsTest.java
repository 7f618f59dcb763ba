package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.tillwatch.schemas.topic.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The topics of the manifests are those of the catalogue. */
class TopicsTest {

    /** A matter of the cluster, of which the catalogue says nothing. */
    private static final String COPIES_IN_SYNC = "min.insync.replicas";

    @Test
    void areThoseOfTheCatalogueWithTheirSettings() {
        List<KafkaTopic> topics = topics(Manifests.base());
        assertThat(topics)
                .extracting(topic -> topic.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> topic.name(Topic.DEFAULT_PREFIX))
                        .toList());
        for (Topic topic : Topic.values()) {
            KafkaTopic manifest = topics.stream()
                    .filter(one -> one.getMetadata().getName().equals(topic.name(Topic.DEFAULT_PREFIX)))
                    .findFirst()
                    .orElseThrow();
            Map<String, String> config = new TreeMap<>();
            manifest.getSpec().getConfig().forEach((name, value) -> config.put(name, value.toString()));
            assertThat(config.remove(COPIES_IN_SYNC)).isEqualTo("2");
            assertThat(config).as(topic.baseName()).isEqualTo(topic.config());
            assertThat(manifest.getSpec().getPartitions()).isEqualTo(topic.defaultPartitions());
            assertThat(manifest.getSpec().getReplicas()).isEqualTo(3);
        }
    }

    @Test
    void haveAsManyPartitionsForEveryFeedAndOneForPoliciesWhenTheyAreMany() {
        List<KafkaTopic> topics = topics(Manifests.rendered(Checkout.KUBERNETES.resolve("overlays/large")));
        assertThat(topics)
                .allSatisfy(topic -> assertThat(topic.getSpec().getPartitions())
                        .isEqualTo(
                                Set.of(
                                                        Topic.POLICIES.name(Topic.DEFAULT_PREFIX),
                                                        Topic.REDRIVEN.name(Topic.DEFAULT_PREFIX))
                                                .contains(topic.getMetadata().getName())
                                        ? 1
                                        : 48));
    }

    @Test
    void areTheClustersThatTheManifestsMake() {
        String cluster =
                Manifests.name(Manifests.ofKind(Manifests.base(), "Kafka").get(0));
        for (String kind : List.of("KafkaTopic", "KafkaUser", "KafkaNodePool")) {
            for (JsonNode one : Manifests.ofKind(Manifests.written(), kind)) {
                assertThat(one.path("metadata")
                                .path("labels")
                                .path("strimzi.io/cluster")
                                .asText())
                        .as(Manifests.name(one))
                        .isEqualTo(cluster);
            }
        }
    }

    private static List<KafkaTopic> topics(List<JsonNode> all) {
        return Manifests.ofKind(all, "KafkaTopic", KafkaTopic.class);
    }
}
