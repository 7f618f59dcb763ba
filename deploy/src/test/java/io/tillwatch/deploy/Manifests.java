package io.tillwatch.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Kubernetes would be given. */
final class Manifests {

    private static final Map<Path, List<JsonNode>> RENDERED = new HashMap<>();

    private Manifests() {}

    /** One as it stands in the files. Those that say to Kustomize what to do are not among them. */
    static List<JsonNode> written() {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : Checkout.files(Checkout.KUBERNETES, ".*\\.yaml")) {
            Yaml.documents(Checkout.text(file)).stream()
                    .filter(one -> one.has("kind") && one.has("metadata"))
                    .forEach(all::add);
        }
        return all;
    }

    /** What stands in the base. */
    static List<JsonNode> base() {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : Checkout.files(Checkout.KUBERNETES.resolve("base"), ".*\\.yaml")) {
            Yaml.documents(Checkout.text(file)).stream()
                    .filter(one -> one.has("kind") && one.has("metadata"))
                    .forEach(all::add);
        }
        return all;
    }

    /** What Kustomize makes of an overlay; the test is skipped where kubectl is not installed. */
    static synchronized List<JsonNode> rendered(Path kustomization) {
        return RENDERED.computeIfAbsent(kustomization, Manifests::render);
    }

    private static List<JsonNode> render(Path kustomization) {
        assumeTrue(
                Checkout.program("kubectl").isPresent(),
                "kubectl is not installed: what Kustomize makes of the manifests is not tested");
        try {
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", kustomization.toString())
                    .redirectErrorStream(true)
                    .start();
            String told = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new AssertionError(told);
            }
            return Yaml.documents(told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static List<JsonNode> ofKind(List<JsonNode> all, String kind) {
        return all.stream()
                .filter(one -> one.path("kind").asText().equals(kind))
                .toList();
    }

    static <T> List<T> ofKind(List<JsonNode> all, String kind, Class<T> type) {
        return ofKind(all, kind).stream().map(one -> Yaml.as(one, type)).toList();
    }

    static JsonNode named(List<JsonNode> all, String kind, String name) {
        return ofKind(all, kind).stream()
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    static String name(JsonNode resource) {
        return resource.path("metadata").path("name").asText();
    }

    /** The pods that are described, each with the name of what describes it: Deployments and FlinkDeployments. */
    static Map<String, PodTemplateSpec> pods(List<JsonNode> all) {
        Map<String, PodTemplateSpec> pods = new HashMap<>();
        ofKind(all, "Deployment", Deployment.class)
                .forEach(one ->
                        pods.put(one.getMetadata().getName(), one.getSpec().getTemplate()));
        for (JsonNode flink : ofKind(all, "FlinkDeployment")) {
            JsonNode template = flink.path("spec").path("podTemplate");
            pods.put(
                    name(flink),
                    Yaml.as(
                            Yaml.STRICT
                                    .createObjectNode()
                                    .<com.fasterxml.jackson.databind.node.ObjectNode>setAll(Map.of(
                                            "metadata", template.path("metadata"), "spec", template.path("spec"))),
                            PodTemplateSpec.class));
        }
        return pods;
    }
}
