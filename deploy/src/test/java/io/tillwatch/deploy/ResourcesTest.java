package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.certmanager.api.model.v1.Issuer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every resource is one that Kubernetes or an operator knows, with no field that it does not know. */
class ResourcesTest {

    private static final Map<String, Class<?>> MODELS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class),
            Map.entry("cert-manager.io/v1/Issuer", Issuer.class),
            Map.entry("cert-manager.io/v1/Certificate", Certificate.class));

    private static final String FLINK = "flink.apache.org/v1beta1/FlinkDeployment";
    private static final String FLINK_DEFINITION = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    @Test
    void areWhatIsKnownAsTheyAreWritten() throws IOException {
        assertThat(Manifests.written()).hasSizeGreaterThan(40);
        for (JsonNode resource : Manifests.written()) {
            check(resource);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/large"})
    void areWhatIsKnownAsKustomizeMakesThem(String overlay) throws IOException {
        List<JsonNode> all = Manifests.rendered(Checkout.KUBERNETES.resolve(overlay));
        Set<String> names = new TreeSet<>();
        for (JsonNode resource : all) {
            check(resource);
            assertThat(names.add(type(resource) + " " + Manifests.name(resource)))
                    .as("%s is there once", Manifests.name(resource))
                    .isTrue();
            assertThat(resource.path("metadata").path("namespace").asText()).isEqualTo("tillwatch");
        }
        assertThat(all).hasSizeGreaterThan(40);
    }

    @Test
    void holdsAStrangeFieldToBeWrong() {
        ObjectNode service = Manifests.named(Manifests.base(), "Service", "tillwatch-console")
                .deepCopy();
        service.withObject("/spec").put("portz", 1);
        assertThat(catchThrowable(() -> check(service))).hasMessageContaining("portz");
        ObjectNode job = Manifests.named(Manifests.base(), "FlinkDeployment", "tillwatch-lifecycle")
                .deepCopy();
        job.withObject("/spec/podTemplate/spec").put("restartPolicyz", "Never");
        assertThat(catchThrowable(() -> check(job)))
                .hasMessageContaining("spec.podTemplate.spec.restartPolicyz is not known");
    }

    private static void check(JsonNode resource) throws IOException {
        String type = type(resource);
        if (type.equals(FLINK)) {
            assertThat(flinkSchema().problems(resource))
                    .as(Manifests.name(resource))
                    .isEmpty();
            return;
        }
        assertThat(MODELS).as(Manifests.name(resource)).containsKey(type);
        assertThat(Yaml.as(resource, MODELS.get(type)))
                .as(Manifests.name(resource))
                .isNotNull();
    }

    private static String type(JsonNode resource) {
        return resource.path("apiVersion").asText() + "/"
                + resource.path("kind").asText();
    }

    /** As the operator's API has it, but for the version of Flink: the newest API that can be had ends at 1.20. */
    private static Schema flinkSchema() throws IOException {
        try (InputStream in = ResourcesTest.class.getClassLoader().getResourceAsStream(FLINK_DEFINITION)) {
            JsonNode version = Yaml.document(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .path("spec")
                    .path("versions")
                    .get(0);
            assertThat(version.path("name").asText()).isEqualTo("v1beta1");
            ObjectNode schema = version.path("schema").path("openAPIV3Schema").deepCopy();
            schema.withArray("/properties/spec/properties/flinkVersion/enum")
                    .add("v" + Checkout.property("flink.version").replaceAll("^(\\d+)\\.(\\d+).*", "$1_$2"));
            return new Schema(schema);
        }
    }

    /** Kustomize itself says nothing of a patch that fits nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/large"})
    void everyPatchHasWhatItIsFor(String overlay) {
        Path directory = Checkout.KUBERNETES.resolve(overlay);
        JsonNode kustomization = Yaml.document(Checkout.text(directory.resolve("kustomization.yaml")));
        assertThat(kustomization.path("patches")).isNotEmpty();
        for (JsonNode patch : kustomization.path("patches")) {
            assertThat(directory.resolve(patch.path("path").asText())).exists();
            String name = patch.path("target").path("name").asText(".*");
            assertThat(Manifests.ofKind(
                            Manifests.base(), patch.path("target").path("kind").asText()))
                    .as("targets of %s", patch.path("path").asText())
                    .anyMatch(resource -> Manifests.name(resource).matches(name));
        }
    }

    @Test
    void everyFileIsOneThatSomeKustomizationNames() {
        Set<Path> named = new TreeSet<>();
        for (Path file : Checkout.files(Checkout.KUBERNETES, "kustomization\\.yaml")) {
            JsonNode kustomization = Yaml.document(Checkout.text(file));
            Path directory = file.getParent();
            named.add(file);
            kustomization
                    .path("resources")
                    .forEach(one -> named.add(directory.resolve(one.asText()).normalize()));
            kustomization.path("configurations").forEach(one -> named.add(directory.resolve(one.asText())));
            kustomization
                    .path("patches")
                    .forEach(one -> named.add(directory.resolve(one.path("path").asText())));
            kustomization
                    .path("configMapGenerator")
                    .forEach(map -> map.path("files")
                            .forEach(one ->
                                    named.add(directory.resolve(one.asText().replaceAll("^.*=", "")))));
        }
        assertThat(named).allSatisfy(path -> assertThat(path).exists());
        assertThat(Checkout.files(Checkout.KUBERNETES, ".*\\.yaml")).isSubsetOf(named);
    }
}
