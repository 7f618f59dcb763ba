package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tillwatch.schemas.topic.Topic;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs on a Flink cluster. */
class FlinkTest {

    /** The operator's and the reporter's are no options of Flink. */
    private static final Set<String> OTHERS = Set.of("kubernetes.operator.", "metrics.reporter.prometheus.");

    @Test
    void haveOnlySettingsThatThisFlinkHas() throws IllegalAccessException {
        Set<String> known = keys(
                CheckpointingOptions.class,
                HighAvailabilityOptions.class,
                RestartStrategyOptions.class,
                StateBackendOptions.class,
                TaskManagerOptions.class,
                WebOptions.class,
                RocksDBOptions.class);
        List<String> asked = new ArrayList<>();
        for (JsonNode job : jobs(Manifests.base())) {
            job.at("/spec/flinkConfiguration").fieldNames().forEachRemaining(asked::add);
        }
        asked.removeIf(key -> OTHERS.stream().anyMatch(key::startsWith));
        assertThat(asked).isNotEmpty();
        assertThat(known).containsAll(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/large"})
    void haveAsMuchToDoEachAsTheyAreTold(String overlay) {
        List<JsonNode> all = Manifests.rendered(Checkout.KUBERNETES.resolve(overlay));
        int partitions = Manifests.named(all, "KafkaTopic", Topic.CAPTURES.name(Topic.DEFAULT_PREFIX))
                .at("/spec/partitions")
                .asInt();
        for (JsonNode job : jobs(all)) {
            List<String> args = new ArrayList<>();
            job.at("/spec/job/args").forEach(arg -> args.add(arg.asText()));
            int parallelism = Integer.parseInt(args.get(args.indexOf("--parallelism") + 1));
            assertThat(job.at("/spec/job/parallelism").asInt())
                    .as("the operator counts the slots, the job's argument wins")
                    .isEqualTo(parallelism);
            assertThat(partitions % parallelism)
                    .as("each task has as many partitions")
                    .isZero();
            int slots = job.at("/spec/flinkConfiguration/taskmanager.numberOfTaskSlots")
                    .asInt();
            assertThat(job.at("/spec/taskManager/resource/cpu").asDouble())
                    .as("a core for each slot")
                    .isGreaterThanOrEqualTo(slots);
            assertThat(parallelism % slots).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/large"})
    void keepStateWhereItOutlivesThem(String overlay) {
        for (JsonNode job : jobs(Manifests.rendered(Checkout.KUBERNETES.resolve(overlay)))) {
            String name = Manifests.name(job).replace("tillwatch-", "");
            JsonNode settings = job.at("/spec/flinkConfiguration");
            for (String key : List.of(
                    "execution.checkpointing.dir",
                    "execution.checkpointing.savepoint-dir",
                    "high-availability.storageDir")) {
                assertThat(settings.path(key).asText()).matches("s3://[^/]+/" + name + "/.+");
            }
            assertThat(settings.path("high-availability.type").asText()).isEqualTo("kubernetes");
            assertThat(job.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
            assertThat(job.at("/spec/jobManager/replicas").asInt()).isEqualTo(2);
            boolean rocksDb = settings.path("state.backend.type").asText().equals("rocksdb");
            assertThat(rocksDb).isEqualTo(overlay.endsWith("large"));
            List<String> mounts = Manifests.pods(List.of(job))
                    .get(Manifests.name(job))
                    .getSpec()
                    .getContainers()
                    .get(0)
                    .getVolumeMounts()
                    .stream()
                    .map(VolumeMount::getMountPath)
                    .toList();
            assertThat(mounts.contains("/var/lib/flink/rocksdb")).isEqualTo(rocksDb);
            assertThat(settings.path("state.backend.rocksdb.localdir").asText(""))
                    .isEqualTo(rocksDb ? "/var/lib/flink/rocksdb" : "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/small", "overlays/large"})
    void haveMemoryThatFlinkCanRead(String overlay) {
        for (JsonNode job : jobs(Manifests.rendered(Checkout.KUBERNETES.resolve(overlay)))) {
            long memory = MemorySize.parseBytes(
                    job.at("/spec/taskManager/resource/memory").asText());
            assertThat(memory)
                    .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(4096).getBytes());
        }
    }

    @Test
    void areTheImageOfTheSameFlink() {
        String flink = Checkout.property("flink.version");
        assertThat(Checkout.text(Checkout.DEPLOY.resolve("docker/Dockerfile")))
                .contains(
                        "FROM flink:" + flink + "-java17 AS jobs",
                        "/opt/flink/opt/flink-s3-fs-presto-" + flink + ".jar");
        String[] version = flink.split("\\.");
        assertThat(jobs(Manifests.base()))
                .allSatisfy(job -> assertThat(job.at("/spec/flinkVersion").asText())
                        .isEqualTo("v" + version[0] + "_" + version[1]));
    }

    @Test
    void mayDoInKubernetesWhatTheirAccountIsBoundTo() {
        JsonNode binding = Manifests.named(Manifests.base(), "RoleBinding", "tillwatch-jobs");
        String account = binding.at("/subjects/0/name").asText();
        assertThat(Manifests.named(Manifests.base(), "ServiceAccount", account)).isNotNull();
        assertThat(Manifests.named(
                        Manifests.base(), "Role", binding.at("/roleRef/name").asText()))
                .isNotNull();
        assertThat(jobs(Manifests.base()))
                .allSatisfy(job ->
                        assertThat(job.at("/spec/serviceAccount").asText()).isEqualTo(account));
    }

    private static List<JsonNode> jobs(List<JsonNode> all) {
        List<JsonNode> jobs = Manifests.ofKind(all, "FlinkDeployment");
        assertThat(jobs).hasSize(2);
        return jobs;
    }

    private static Set<String> keys(Class<?>... classes) throws IllegalAccessException {
        Set<String> keys = new TreeSet<>();
        for (Class<?> one : classes) {
            for (Field field : one.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                    keys.add(option.key());
                }
            }
        }
        return keys;
    }
}
