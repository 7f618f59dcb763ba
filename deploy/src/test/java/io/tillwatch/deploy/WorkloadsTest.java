package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever runs is watched, can be moved, may do little, and is reached by few. */
class WorkloadsTest {

    private final List<JsonNode> all = Manifests.base();
    private final Map<String, PodTemplateSpec> pods = Manifests.pods(all);
    private final List<Deployment> deployments = Manifests.ofKind(all, "Deployment", Deployment.class);
    private final List<NetworkPolicy> policies = Manifests.ofKind(all, "NetworkPolicy", NetworkPolicy.class);

    @Test
    void areTheProgramsOfTillwatch() {
        assertThat(pods)
                .containsOnlyKeys(
                        "tillwatch-lifecycle",
                        "tillwatch-duplicates",
                        "tillwatch-responder",
                        "tillwatch-console",
                        "tillwatch-notifier",
                        "tillwatch-pulse");
    }

    @Test
    void mayDoAsLittleAsPossible() {
        pods.forEach((name, pod) -> {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
            assertThat(spec.getSecurityContext().getRunAsUser()).as(name).isGreaterThan(999);
            assertThat(spec.getSecurityContext().getSeccompProfile().getType())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(spec.getContainers()).as(name).hasSize(1);
            for (Container container : spec.getContainers()) {
                SecurityContext context = container.getSecurityContext();
                assertThat(context.getReadOnlyRootFilesystem()).as(name).isTrue();
                assertThat(context.getAllowPrivilegeEscalation()).as(name).isFalse();
                assertThat(context.getPrivileged()).as(name).isNull();
                assertThat(context.getCapabilities().getDrop()).as(name).containsExactly("ALL");
                assertThat(context.getCapabilities().getAdd()).as(name).isEmpty();
            }
        });
        // Flink talks to Kubernetes; nobody else does.
        assertThat(deployments)
                .allSatisfy(
                        one -> assertThat(one.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                                .isFalse());
    }

    @Test
    void haveAPlaceForWhatIsTemporaryWithALimit() {
        pods.forEach((name, pod) -> {
            Container container = pod.getSpec().getContainers().get(0);
            assertThat(container.getVolumeMounts())
                    .as(name)
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp")
                    .doesNotHaveDuplicates();
            assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName))
                    .as("every volume of %s is mounted, and nothing else", name)
                    .containsExactlyInAnyOrderElementsOf(pod.getSpec().getVolumes().stream()
                            .map(Volume::getName)
                            .toList());
            for (Volume volume : pod.getSpec().getVolumes()) {
                assertThat(volume.getHostPath()).as(name).isNull();
                if (volume.getEmptyDir() != null) {
                    assertThat(volume.getEmptyDir().getSizeLimit()).as(name).isNotNull();
                }
            }
        });
    }

    @Test
    void areWatched() {
        for (Deployment deployment : deployments) {
            Container container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            Set<String> ports =
                    container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
            for (Probe probe : Stream.of(
                            container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                    .toList()) {
                assertThat(ports).contains(probe.getHttpGet().getPort().getStrVal());
                assertThat(probe.getHttpGet().getScheme()).isEqualTo(ports.contains("https") ? "HTTPS" : "HTTP");
            }
            // Ready asks Kafka and the database: to be started again because those are away would help nobody.
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
            assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health/live");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
        }
    }

    @Test
    void haveResourcesOfWhichMemoryIsNeitherLessNorMoreThanWasAskedFor() {
        for (Deployment deployment : deployments) {
            Container container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits().get("memory"))
                    .isEqualTo(container.getResources().getRequests().get("memory"));
        }
    }

    @Test
    void mayBeMovedOneAtATime() {
        Map<String, PodDisruptionBudget> budgets =
                Manifests.ofKind(all, "PodDisruptionBudget", PodDisruptionBudget.class).stream()
                        .collect(Collectors.toMap(one -> one.getMetadata().getName(), one -> one));
        assertThat(budgets)
                .containsOnlyKeys(deployments.stream()
                        .map(one -> one.getMetadata().getName())
                        .toArray(String[]::new));
        for (Deployment deployment : deployments) {
            PodDisruptionBudget budget = budgets.get(deployment.getMetadata().getName());
            assertThat(budget.getSpec().getMaxUnavailable()).isEqualTo(new IntOrString(1));
            assertThat(budget.getSpec().getSelector())
                    .isEqualTo(deployment.getSpec().getSelector());
        }
    }

    @Test
    void areFoundByTheirSelectors() {
        for (Deployment deployment : deployments) {
            assertThat(labels(deployment.getMetadata().getName()))
                    .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        }
        for (Service service : Manifests.ofKind(all, "Service", Service.class)) {
            Map<String, PodTemplateSpec> behind = selected(service.getSpec().getSelector());
            assertThat(behind).as(service.getMetadata().getName()).hasSize(1);
            Container container =
                    behind.values().iterator().next().getSpec().getContainers().get(0);
            for (ServicePort port : service.getSpec().getPorts()) {
                ContainerPort target = container.getPorts().stream()
                        .filter(one -> one.getName().equals(port.getTargetPort().getStrVal()))
                        .findFirst()
                        .orElseThrow();
                assertThat(target.getContainerPort()).isEqualTo(port.getPort());
            }
        }
    }

    @Test
    void areReachedAndReachNothingThatIsNotNamed() {
        assertThat(policies)
                .filteredOn(policy -> policy.getMetadata().getName().equals("tillwatch-nothing"))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
                    assertThat(policy.getSpec().getIngress()).isEmpty();
                    assertThat(policy.getSpec().getEgress()).isEmpty();
                    assertThat(selected(policy.getSpec().getPodSelector().getMatchLabels()))
                            .containsOnlyKeys(pods.keySet());
                });
        for (NetworkPolicy policy : policies) {
            Set<String> of =
                    selected(policy.getSpec().getPodSelector().getMatchLabels()).keySet();
            assertThat(of).as(policy.getMetadata().getName()).isNotEmpty();
            for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
                for (NetworkPolicyPort port : rule.getPorts()) {
                    assertThat(of)
                            .as("%s lets in to %s", policy.getMetadata().getName(), port.getPort())
                            .anyMatch(pod -> listens(pod, port.getPort()));
                }
            }
            for (NetworkPolicyEgressRule rule : policy.getSpec().getEgress()) {
                if (!rule.getTo().isEmpty()) {
                    assertThat(rule.getTo()).allSatisfy(peer -> assertLetsIn(policy, peer, rule.getPorts()));
                }
            }
        }
    }

    /** Where one of ours asks another of ours, the other must let it in. */
    private void assertLetsIn(NetworkPolicy policy, NetworkPolicyPeer peer, List<NetworkPolicyPort> ports) {
        if (peer.getPodSelector() == null || peer.getNamespaceSelector() != null) {
            return;
        }
        for (String asked : selected(peer.getPodSelector().getMatchLabels()).keySet()) {
            assertThat(ports)
                    .allSatisfy(port -> assertThat(listens(asked, port.getPort()))
                            .as("%s listens at %s", asked, port.getPort())
                            .isTrue());
            assertThat(policies.stream()
                            .filter(one -> selected(
                                            one.getSpec().getPodSelector().getMatchLabels())
                                    .containsKey(asked))
                            .flatMap(one -> one.getSpec().getIngress().stream())
                            .flatMap(rule -> rule.getFrom().stream())
                            .filter(from -> from.getPodSelector() != null && from.getNamespaceSelector() == null)
                            .map(from -> from.getPodSelector().getMatchLabels()))
                    .as(
                            "%s lets in whom %s is about",
                            asked, policy.getMetadata().getName())
                    .contains(policy.getSpec().getPodSelector().getMatchLabels());
        }
    }

    @Test
    void areTaggedWithThisBuildsVersion() {
        Map<String, String> tags = new TreeMap<>();
        Yaml.document(Checkout.text(Checkout.KUBERNETES.resolve("base/kustomization.yaml")))
                .path("images")
                .forEach(image -> tags.put(
                        image.path("name").asText(), image.path("newTag").asText()));
        Set<String> used = new TreeSet<>();
        deployments.forEach(one -> used.add(
                one.getSpec().getTemplate().getSpec().getContainers().get(0).getImage()));
        Manifests.ofKind(all, "FlinkDeployment")
                .forEach(one -> used.add(one.at("/spec/image").asText()));
        assertThat(tags.keySet()).isEqualTo(used);
        assertThat(tags.values()).containsOnly(Checkout.version());
    }

    @Test
    void areTaggedWhereverKustomizeFindsAnImage() {
        List<JsonNode> rendered = Manifests.rendered(Checkout.KUBERNETES.resolve("overlays/small"));
        Manifests.ofKind(rendered, "FlinkDeployment")
                .forEach(one ->
                        assertThat(one.at("/spec/image").asText()).isEqualTo("tillwatch/jobs:" + Checkout.version()));
        Manifests.pods(rendered)
                .values()
                .forEach(pod -> pod.getSpec().getContainers().stream()
                        .filter(container -> container.getImage() != null)
                        .forEach(container -> assertThat(container.getImage())
                                .startsWith("tillwatch/")
                                .endsWith(":" + Checkout.version())));
    }

    @Test
    void holdNoSecretThemselves() {
        assertThat(Manifests.ofKind(Manifests.written(), "Secret")).isEmpty();
        pods.forEach((name, pod) -> pod.getSpec()
                .getContainers()
                .get(0)
                .getEnv()
                .forEach(variable -> {
                    if (variable.getName().matches("(?i).*(password|secret|token|key).*")) {
                        assertThat(variable.getValue()).as(variable.getName()).isNull();
                        assertThat(variable.getValueFrom().getSecretKeyRef()).isNotNull();
                    }
                }));
        for (Path file : Checkout.files(Checkout.DEPLOY, ".*\\.(ya?ml|sh)|Dockerfile")) {
            assertThat(Checkout.text(file))
                    .as(file.toString())
                    .doesNotContainPattern("-----BEGIN|whsec_|tillwatch_[A-Za-z0-9_-]{40}|password=[^\"&%$]")
                    .doesNotContainPattern("image:.*:latest");
        }
    }

    private Map<String, String> labels(String pod) {
        return pods.get(pod).getMetadata().getLabels();
    }

    private Map<String, PodTemplateSpec> selected(Map<String, String> labels) {
        return pods.entrySet().stream()
                .filter(pod -> labels(pod.getKey()).entrySet().containsAll(labels.entrySet()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Flink's own pods listen at Flink's own ports, too. */
    private boolean listens(String pod, IntOrString port) {
        boolean flink = deployments.stream()
                .noneMatch(one -> one.getMetadata().getName().equals(pod));
        return pods.get(pod).getSpec().getContainers().get(0).getPorts().stream()
                        .anyMatch(one -> one.getName().equals(port.getStrVal())
                                || one.getContainerPort().equals(port.getIntVal()))
                || flink && new IntOrString(8081).equals(port);
    }
}
