package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How Prometheus finds what runs, in a cluster and in compose. */
class PrometheusTest {

    private static final Path KUBERNETES = Checkout.DEPLOY.resolve("prometheus/kubernetes.yml");

    /** But for how pods are found, which Debian's promtool knows nothing of. */
    @ParameterizedTest
    @ValueSource(strings = {"prometheus/kubernetes.yml", "prometheus/prometheus.yml", "compose/config/prometheus.yml"})
    void isConfiguredAsPrometheusItselfUnderstands(String file, @TempDir Path directory)
            throws IOException, InterruptedException {
        assumeTrue(
                Checkout.program("promtool").isPresent(),
                "promtool is not installed: what is for Prometheus is not tested");
        JsonNode configuration = Yaml.withShared(Checkout.text(Checkout.DEPLOY.resolve(file)));
        configuration.path("scrape_configs").forEach(job -> ((ObjectNode) job).remove("kubernetes_sd_configs"));
        Path copy = Files.writeString(directory.resolve("prometheus.yml"), configuration.toString());
        Process promtool = new ProcessBuilder("promtool", "check", "config", "--syntax-only", copy.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(told).isZero();
    }

    /** With a label of the pod and the name of a port, as relabelling joins them. */
    @Test
    void findsEveryPodAtOnePortUnderTheNameThatTheRulesKnow() {
        Map<String, PodTemplateSpec> pods = Manifests.pods(Manifests.base());
        Set<String> found = new TreeSet<>();
        for (JsonNode job : jobs(KUBERNETES)) {
            String regex = job.at("/relabel_configs/0/regex").asText();
            List<String> here = pods.entrySet().stream()
                    .flatMap(pod -> ports(pod.getValue())
                            .filter(port -> (pod.getValue()
                                                    .getMetadata()
                                                    .getLabels()
                                                    .get("app.kubernetes.io/name") + ";" + port)
                                    .matches(regex))
                            .map(port -> pod.getKey()))
                    .toList();
            assertThat(here).as(job.path("job_name").asText()).isNotEmpty();
            found.addAll(here);
        }
        assertThat(found).isEqualTo(pods.keySet());
        assertThat(names(jobs(KUBERNETES)))
                .containsAll(names(jobs(Checkout.DEPLOY.resolve("prometheus/prometheus.yml"))));
    }

    private static Stream<String> ports(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().get(0).getPorts().stream().map(port -> port.getName());
    }

    private static JsonNode jobs(Path file) {
        return Yaml.withShared(Checkout.text(file)).path("scrape_configs");
    }

    private static Set<String> names(JsonNode jobs) {
        Set<String> names = new TreeSet<>();
        jobs.forEach(job -> names.add(job.path("job_name").asText()));
        return names;
    }
}
