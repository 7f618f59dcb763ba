package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.tillwatch.cli.live.PulseCommand;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.notifier.config.NotifierSettings;
import io.tillwatch.responder.config.ResponderSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The programs take what they are told in the manifests, with the files that their pods would have. */
class ConfigurationTest {

    @TempDir
    private static Path directory;

    private static Secrets secrets;
    private static Map<String, PodTemplateSpec> pods;

    @BeforeAll
    static void makeSecrets() throws IOException, InterruptedException {
        secrets = new Secrets(directory);
        pods = Manifests.pods(Manifests.base());
    }

    @Test
    void isGoodForResponders() throws IOException {
        PodFiles files = files("tillwatch-responder");
        ResponderSettings.Result result =
                ResponderSettings.read(config(files, "responder"), files.environment(), "tillwatch-responder-0");
        assertThat(result).isInstanceOf(ResponderSettings.Result.Good.class);
        ResponderSettings settings = ((ResponderSettings.Result.Good) result).settings();
        assertThat(settings.api().orElseThrow().port()).isEqualTo(port("tillwatch-responder"));
        assertThat(settings.signingKeys()).containsOnlyKeys("k1");
        Map<String, String> client = new HashMap<>();
        settings.kafka().client().forEach((name, value) -> client.put(name.toString(), value.toString()));
        assertKafka(client, "tillwatch-responder");
    }

    @Test
    void isGoodForTheConsole() throws IOException {
        PodFiles files = files("tillwatch-console");
        ConsoleSettings.Result result = ConsoleSettings.read(config(files, "console"), files.environment());
        assertThat(result).isInstanceOf(ConsoleSettings.Result.Good.class);
        ConsoleSettings settings = ((ConsoleSettings.Result.Good) result).settings();
        assertThat(settings.web().port()).isEqualTo(port("tillwatch-console"));
        assertThat(settings.responder().authorities()).isPresent();
        assertThat(settings.responder().url().getPort()).isEqualTo(port("tillwatch-responder"));
        assertKafka(settings.kafka().client(), "tillwatch-console");
    }

    @Test
    void isGoodForNotifiers() throws IOException {
        PodFiles files = files("tillwatch-notifier");
        NotifierSettings.Result result = NotifierSettings.read(config(files, "notifier"), files.environment());
        assertThat(result).isInstanceOf(NotifierSettings.Result.Good.class);
        NotifierSettings settings = ((NotifierSettings.Result.Good) result).settings();
        assertThat(settings.monitor().port()).isEqualTo(port("tillwatch-notifier"));
        assertKafka(settings.kafka().client(), "tillwatch-notifier");
    }

    @Test
    void isGoodForPulseWriters() throws IOException {
        PodFiles files = files("tillwatch-pulse");
        List<String> args = args(files, "tillwatch-pulse");
        assertThat(args.get(0)).isEqualTo("pulse");
        assertThat(args).contains("--monitor-port=" + port("tillwatch-pulse"));
        CommandLine line = new CommandLine(new PulseCommand());
        assertThat(line.parseArgs(args.subList(1, args.size()).toArray(String[]::new))
                        .unmatched())
                .isEmpty();
        Map<String, String> client = new HashMap<>();
        for (String arg : args) {
            if (arg.startsWith("--kafka=")) {
                String[] pair = arg.substring("--kafka=".length()).split("=", 2);
                client.put(pair[0], pair[1]);
            } else if (arg.startsWith("--bootstrap=")) {
                client.put("bootstrap.servers", arg.substring("--bootstrap=".length()));
            }
        }
        assertKafka(client, "tillwatch-pulse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tillwatch-lifecycle", "tillwatch-duplicates"})
    void isGoodForTheJobs(String name) throws IOException {
        PodFiles files = files(name);
        List<String> args = new ArrayList<>();
        JsonNode job = Manifests.named(Manifests.base(), "FlinkDeployment", name);
        job.path("spec").path("job").path("args").forEach(arg -> args.add(files.here(arg.asText())));
        JobSettings.Result result = JobSettings.of(args.toArray(String[]::new), files.environment(), name);
        assertThat(result).isInstanceOf(JobSettings.Result.Good.class);
        JobSettings settings = ((JobSettings.Result.Good) result).settings();
        // Whatever writes commands signs them.
        assertThat(settings.signingKey().isPresent()).isEqualTo(name.equals("tillwatch-lifecycle"));
        Map<String, String> client = new HashMap<>();
        settings.kafka().forEach((setting, value) -> client.put(setting.toString(), value.toString()));
        assertKafka(client, "tillwatch-jobs");
    }

    @Test
    void namesEverySecretInTheGuide() {
        String guide = Checkout.text(Checkout.DEPLOY.resolve("README.md"));
        assertThat(secrets.names()).allSatisfy(name -> {
            // Strimzi makes those of the users, and says so itself.
            if (Users.all().stream()
                    .noneMatch(user -> user.getMetadata().getName().equals(name))) {
                assertThat(guide).contains("`" + name + "`");
            }
        });
    }

    /** Kafka's own client knows each setting, and finds the secret in its file. */
    private static void assertKafka(Map<String, String> client, String user) {
        Set<String> known = new HashSet<>(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        assertThat(client.keySet())
                .allSatisfy(name -> assertThat(known.contains(name) || name.startsWith("config.providers"))
                        .as(name)
                        .isTrue());
        Map<String, Object> all = new HashMap<>(client);
        all.put("key.serializer", ByteArraySerializer.class);
        all.put("value.serializer", ByteArraySerializer.class);
        ProducerConfig read = new ProducerConfig(all);
        assertThat(read.getPassword("sasl.jaas.config").value()).isEqualTo(Secrets.JAAS.formatted(user));
        assertThat(read.getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(Path.of(read.getString("ssl.truststore.location"))).isNotEmptyFile();
        String bootstrap = client.get("bootstrap.servers");
        assertThat(bootstrap)
                .isEqualTo(Manifests.name(
                                Manifests.ofKind(Manifests.base(), "Kafka").get(0)) + "-kafka-bootstrap:"
                        + Manifests.ofKind(Manifests.base(), "Kafka")
                                .get(0)
                                .at("/spec/kafka/listeners/0/port")
                                .asInt());
    }

    private static PodFiles files(String name) throws IOException {
        return new PodFiles(directory.resolve(name), spec(name), secrets, configMaps());
    }

    private static PodSpec spec(String name) {
        return pods.get(name).getSpec();
    }

    private static int port(String name) {
        return spec(name).getContainers().get(0).getPorts().get(0).getContainerPort();
    }

    /** The first file of the container's arguments. */
    private static Path config(PodFiles files, String program) {
        List<String> args = args(files, "tillwatch-" + program);
        assertThat(args.get(0)).isEqualTo("--config");
        return Path.of(args.get(1));
    }

    private static List<String> args(PodFiles files, String name) {
        return spec(name).getContainers().get(0).getArgs().stream()
                .map(files::here)
                .toList();
    }

    /** As Kustomize's generators would make them. */
    private static Map<String, Map<String, String>> configMaps() {
        Map<String, Map<String, String>> maps = new HashMap<>();
        for (Path file : Checkout.files(Checkout.KUBERNETES.resolve("base"), "kustomization\\.yaml")) {
            for (JsonNode map : Yaml.document(Checkout.text(file)).path("configMapGenerator")) {
                Map<String, String> files = new HashMap<>();
                for (JsonNode one : map.path("files")) {
                    String[] pair = one.asText().split("=", 2);
                    files.put(pair[0], Checkout.text(file.resolveSibling(pair[1])));
                }
                maps.put(map.path("name").asText(), files);
            }
        }
        return maps;
    }
}
