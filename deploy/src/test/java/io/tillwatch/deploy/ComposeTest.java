package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.cli.live.PulseCommand;
import io.tillwatch.cli.live.TopicsCommand;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.notifier.config.NotifierSettings;
import io.tillwatch.responder.config.ResponderSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** compose.yaml, as far as that can be told without Docker. */
class ComposeTest {

    /** What a service may have here; Docker's own file format has more. */
    private static final Set<String> FIELDS = Set.of(
            "build",
            "cap_drop",
            "command",
            "depends_on",
            "deploy",
            "environment",
            "expose",
            "healthcheck",
            "image",
            "mem_limit",
            "ports",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "tmpfs",
            "volumes");

    private static final String MOUNTED = "/run/secrets/";

    private final JsonNode compose = Yaml.withShared(Checkout.text(Checkout.COMPOSE.resolve("compose.yaml")));
    private final Map<String, JsonNode> services = services();

    @TempDir
    private Path directory;

    private Map<String, JsonNode> services() {
        Map<String, JsonNode> all = new HashMap<>();
        compose.path("services").properties().forEach(service -> all.put(service.getKey(), service.getValue()));
        return all;
    }

    @Test
    void hasAllParts() {
        assertThat(services)
                .containsOnlyKeys(
                        "kafka",
                        "postgres",
                        "topics",
                        "pulse",
                        "jobs",
                        "acquirer",
                        "simulator",
                        "responder",
                        "console",
                        "notifier",
                        "alertmanager",
                        "prometheus",
                        "grafana");
        assertThat(services.get("responder").at("/deploy/replicas").asInt()).isEqualTo(2);
        services.forEach((name, service) -> assertThat(FIELDS).as(name).containsAll(names(service)));
    }

    @Test
    void namesOnlyWhatIsThere() {
        Set<String> secrets = new TreeSet<>();
        Set<String> volumes = new TreeSet<>();
        services.forEach((name, service) -> {
            service.path("depends_on").fieldNames().forEachRemaining(other -> {
                assertThat(services).as("what %s depends on", name).containsKey(other);
                String condition =
                        service.at("/depends_on/" + other + "/condition").asText();
                switch (condition) {
                    case "service_healthy" ->
                        assertThat(services.get(other).has("healthcheck"))
                                .as("%s says whether it is well", other)
                                .isTrue();
                    case "service_completed_successfully" ->
                        assertThat(services.get(other).path("restart").asText())
                                .as("%s ends", other)
                                .isEqualTo("no");
                    default -> assertThat(condition).isEqualTo("service_started");
                }
            });
            service.path("secrets").forEach(secret -> secrets.add(secret.asText()));
            service.path("volumes").forEach(volume -> {
                String source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(Checkout.COMPOSE.resolve(source)).exists();
                    assertThat(volume.asText()).as("not to be changed").endsWith(":ro");
                } else {
                    volumes.add(source);
                }
            });
        });
        assertThat(names(compose.path("secrets"))).isEqualTo(secrets);
        assertThat(names(compose.path("volumes"))).isEqualTo(volumes);
    }

    @Test
    void runsOursWithLittleRightsFromTheImagesOfTheDockerfile() {
        services.forEach((name, service) -> {
            String image = service.path("image").asText();
            assertThat(image).as(name).matches("[a-z/-]+:v?[0-9][0-9A-Za-z.-]*");
            if (image.startsWith("tillwatch/")) {
                assertThat(image).endsWith(":" + Checkout.version());
                assertThat(Images.stages())
                        .containsKey(service.at("/build/target").asText());
                assertThat(image)
                        .startsWith("tillwatch/" + service.at("/build/target").asText());
                assertThat(Checkout.COMPOSE
                                .resolve(service.at("/build/context").asText())
                                .normalize())
                        .isEqualTo(Checkout.ROOT);
                assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
                assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
                assertThat(service.at("/tmpfs/0").asText()).as(name).startsWith("/tmp:exec,size=");
                assertThat(service.has("mem_limit")).as(name).isTrue();
            }
        });
    }

    @Test
    void isReachedFromThisMachineOnly() {
        services.forEach((name, service) -> service.path("ports")
                .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:")));
    }

    @Test
    void tellsThePrograms() throws IOException, InterruptedException {
        Path secrets = prepared();
        Map<String, String> environment = environment();
        assertThat(ResponderSettings.read(here(secrets, "responder"), environment, "responder-1"))
                .isInstanceOfSatisfying(ResponderSettings.Result.Good.class, good -> {
                    assertExposed(
                            "responder", good.settings().api().orElseThrow().port());
                    assertThat(good.settings().acquirers()).containsKeys("400101", "400103", "400104", "*");
                });
        assertThat(ConsoleSettings.read(here(secrets, "console"), environment))
                .isInstanceOfSatisfying(ConsoleSettings.Result.Good.class, good -> {
                    assertThat(services.get("console").at("/ports/0").asText())
                            .endsWith(":" + good.settings().web().port());
                    assertThat(good.settings().responder().url().getHost()).isIn(services.keySet());
                });
        assertThat(NotifierSettings.read(Checkout.COMPOSE.resolve("config/notifier.yaml"), Map.of()))
                .isInstanceOfSatisfying(
                        NotifierSettings.Result.Good.class,
                        good -> assertExposed(
                                "notifier", good.settings().monitor().port()));
        List<String> jobs = command("jobs").stream()
                .map(word -> word.replace(MOUNTED, secrets + "/"))
                .toList();
        List<String> forJobs = new ArrayList<>(jobs.subList(1, jobs.size()));
        for (String option : List.of("--state-dir", "--state", "--metrics-port")) {
            int at = forJobs.indexOf(option);
            forJobs.subList(at, at + 2).clear();
        }
        assertThat(JobSettings.of(forJobs.toArray(String[]::new), Map.of(), "tillwatch"))
                .isInstanceOf(JobSettings.Result.Good.class);
    }

    @Test
    void callsTheToolsAsTheyWantToBeCalled() {
        List<String> pulse = command("pulse");
        assertThat(new CommandLine(new PulseCommand())
                        .parseArgs(pulse.subList(1, pulse.size()).toArray(String[]::new))
                        .unmatched())
                .isEmpty();
        List<String> topics = command("topics");
        assertThat(new CommandLine(new TopicsCommand())
                        .parseArgs(topics.subList(1, topics.size()).toArray(String[]::new))
                        .unmatched())
                .isEmpty();
        for (String name : List.of("topics", "pulse", "jobs", "simulator")) {
            List<String> words = command(name);
            assertThat(words.get(words.indexOf("--bootstrap") + 1)).isEqualTo("kafka:9092");
        }
    }

    @Test
    void makesEachSecretOnceForItsOwnerOnly() throws IOException, InterruptedException {
        Path secrets = prepared();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolveSibling(".env"))))
                .isEqualTo("rw-------");
        compose.path("secrets")
                .forEach(secret -> assertThat(
                                secrets.resolveSibling(secret.path("file").asText()))
                        .exists());
        String before = Files.readString(secrets.resolve("postgres-password"));
        assertThat(before).hasSizeGreaterThan(40);
        assertThat(run()).isEqualTo(1);
        assertThat(Files.readString(secrets.resolve("postgres-password"))).isEqualTo(before);
        assertThat(Checkout.text(secrets.resolve("responder.yaml"))).doesNotContain("@");
        String ignored = Checkout.text(Checkout.ROOT.resolve(".gitignore"));
        assertThat(ignored).contains("/deploy/compose/secrets/", "/deploy/compose/.env");
    }

    /** Prometheus asks where the services listen. */
    @Test
    void isWatched() {
        JsonNode prometheus = Yaml.document(Checkout.text(Checkout.COMPOSE.resolve("config/prometheus.yml")));
        Set<String> jobs = new TreeSet<>();
        for (JsonNode job : prometheus.path("scrape_configs")) {
            jobs.add(job.path("job_name").asText());
            for (JsonNode target : job.at("/static_configs/0/targets")) {
                String[] address = target.asText().split(":");
                assertListens(address[0], Integer.parseInt(address[1]));
            }
            for (JsonNode names : job.path("dns_sd_configs")) {
                assertListens(names.at("/names/0").asText(), names.path("port").asInt());
            }
        }
        JsonNode usual = Yaml.document(Checkout.text(Checkout.DEPLOY.resolve("prometheus/prometheus.yml")));
        usual.path("scrape_configs")
                .forEach(job -> assertThat(jobs).contains(job.path("job_name").asText()));
    }

    private void assertListens(String service, int port) {
        assertThat(services).containsKey(service);
        List<String> ports = new ArrayList<>();
        services.get(service).path("expose").forEach(one -> ports.add(one.asText()));
        services.get(service)
                .path("ports")
                .forEach(one -> ports.add(one.asText().replaceAll("^.*:", "")));
        assertThat(ports).as(service).contains(Integer.toString(port));
    }

    private void assertExposed(String service, int port) {
        assertThat(services.get(service).at("/expose/0").asInt()).isEqualTo(port);
    }

    private List<String> command(String service) {
        List<String> words = new ArrayList<>();
        services.get(service).path("command").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** As Compose reads it. */
    private Map<String, String> environment() throws IOException {
        String[] pair = Files.readString(directory.resolve(".env")).strip().split("=", 2);
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("responder", "console")) {
            services.get(name).path("environment").properties().forEach(variable -> {
                assertThat(variable.getValue().asText()).startsWith("${" + pair[0] + ":?");
                environment.put(variable.getKey(), pair[1]);
            });
        }
        return environment;
    }

    private Path prepared() throws IOException, InterruptedException {
        assumeTrue(
                Checkout.program("openssl").isPresent()
                        && Checkout.program("bash").isPresent(),
                "openssl or bash is not installed: what prepare.sh makes is not tested");
        assertThat(run()).isZero();
        return directory.resolve("secrets");
    }

    private int run() throws IOException, InterruptedException {
        Process prepare = new ProcessBuilder(
                        Checkout.COMPOSE.resolve("prepare.sh").toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(prepare.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(told).startsWith("prepare.sh: ");
        return prepare.waitFor();
    }

    /** A configuration with the secrets where they are here. */
    private Path here(Path secrets, String program) throws IOException {
        assertThat(command(program)).containsExactly("--config", MOUNTED + program + ".yaml");
        return Files.writeString(
                directory.resolve(program + ".yaml"),
                Files.readString(secrets.resolve(program + ".yaml")).replace(MOUNTED, secrets + "/"));
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
