package io.tillwatch.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.Tillwatch;
import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ResponderConfig;
import io.tillwatch.traffic.life.Market;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;

/** What a cluster is made of: each part's command, and the configuration it reads, which is written anew at each start. */
final class Parts {

    private final Home home;
    private final Path directory;
    private final ClusterPlan plan;
    private final Secrets secrets;
    private final FlinkFiles flinkFiles;
    private final HttpClient http;
    private final FlinkOverview flink;

    Parts(Home home, Path directory, ClusterPlan plan, Secrets secrets, FlinkFiles flinkFiles, HttpClient http) {
        this.home = home;
        this.directory = directory;
        this.plan = plan;
        this.secrets = secrets;
        this.flinkFiles = flinkFiles;
        this.http = http;
        this.flink = new FlinkOverview(http, plan.flink());
    }

    /** In the order of their start. */
    List<Part> all() {
        List<Part> parts = new ArrayList<>();
        parts.add(keeper("kafka", plan.kafka(), Probe.kafka(plan.bootstrapServers())));
        if (plan.ownsDatabase()) {
            parts.add(keeper("postgres", plan.postgres(), Probe.listens(plan.postgres())));
        }
        parts.add(zookeeper());
        parts.add(acquirer());
        parts.add(pulses());
        parts.add(jobManager());
        for (int i = 1; i <= plan.taskManagers(); i++) {
            parts.add(taskManager(i));
        }
        for (int i = 1; i <= plan.responders(); i++) {
            parts.add(responder(i));
        }
        parts.add(console());
        if (plan.rate() > 0) {
            parts.add(traffic());
        }
        return parts;
    }

    /** Writes what the parts read. */
    void writeConfigurations() {
        flinkFiles.write();
        for (int i = 1; i <= plan.responders(); i++) {
            write("responder-" + i, responderConfig(i));
        }
        write("console", consoleConfig());
    }

    private Part keeper(String name, int port, Probe probe) {
        List<String> arguments = java(192);
        arguments.addAll(
                List.of(Keeper.class.getName(), name, directory.resolve(name).toString(), Integer.toString(port)));
        return new Part(name, Part.Stage.GROUND, arguments, probe, "127.0.0.1:" + port);
    }

    private Part zookeeper() {
        List<String> arguments = flink(96);
        arguments.addAll(List.of(
                FlinkZooKeeperQuorumPeer.class.getName(),
                "--zkConfigFile",
                flinkFiles.zookeeper().toString(),
                "--peerId",
                "1"));
        return new Part(
                "zookeeper",
                Part.Stage.GROUND,
                arguments,
                Probe.listens(plan.zookeeper()),
                "127.0.0.1:" + plan.zookeeper());
    }

    private Part acquirer() {
        List<String> arguments = small(192);
        arguments.addAll(List.of(
                "-cp",
                home.classPath("acquirer"),
                "io.tillwatch.acquirer.AcquirerMain",
                "--dir",
                directory.resolve("acquirer").toString(),
                "--http-port",
                Integer.toString(plan.acquirerHttp()),
                "--iso-port",
                Integer.toString(plan.acquirerIso()),
                "--seed",
                Long.toString(plan.seed())));
        for (Market.Acquirer one : Market.acquirers()) {
            arguments.addAll(List.of("--tier", one.acquirerId() + "=" + one.tier()));
        }
        URI health = URI.create("http://127.0.0.1:" + plan.acquirerHttp() + "/sim/health");
        return new Part(
                "acquirer",
                Part.Stage.GROUND,
                arguments,
                Probe.answers(http, health),
                "http://127.0.0.1:" + plan.acquirerHttp() + "/sim/ledger");
    }

    private Part pulses() {
        List<String> arguments = java(64);
        arguments.addAll(List.of(Tillwatch.class.getName(), "pulse", "--bootstrap", plan.bootstrapServers()));
        return new Part("pulse", Part.Stage.WORK, arguments, Probe.none(), "");
    }

    private Part jobManager() {
        List<String> arguments = flink(384);
        arguments.addAll(List.of(
                StandaloneSessionClusterEntrypoint.class.getName(),
                "--configDir",
                flinkFiles.of("jobmanager").toString()));
        return new Part("jobmanager", Part.Stage.WORK, arguments, flink.leader(), "http://127.0.0.1:" + plan.flink());
    }

    private Part taskManager(int number) {
        String name = FlinkFiles.taskManager(number);
        List<String> arguments = flink(512);
        arguments.addAll(List.of(
                "-XX:MaxDirectMemorySize=256m",
                TaskManagerRunner.class.getName(),
                "--configDir",
                flinkFiles.of(name).toString()));
        return new Part(name, Part.Stage.WORK, arguments, flink.registered(name), "");
    }

    private Part responder(int number) {
        URI api = URI.create("http://127.0.0.1:" + plan.responder(number));
        return service(
                "responder-" + number,
                "responder",
                "io.tillwatch.responder.ResponderMain",
                256,
                Probe.answers(http, api.resolve("/health/ready")),
                api + "/api/v1/openapi.yaml");
    }

    private Part console() {
        URI page = URI.create("http://127.0.0.1:" + plan.console());
        return service(
                "console",
                "console",
                "io.tillwatch.console.ConsoleMain",
                256,
                Probe.answers(http, page.resolve("/health/ready")),
                page.toString());
    }

    private Part service(String name, String module, String main, int megabytes, Probe probe, String where) {
        List<String> arguments = small(megabytes);
        arguments.addAll(List.of(
                "-cp", home.classPath(module), main, "--config", file(name).toString()));
        return new Part(name, Part.Stage.WORK, arguments, probe, where);
    }

    private Part traffic() {
        List<String> arguments = java(128);
        arguments.addAll(List.of(
                Tillwatch.class.getName(),
                "simulate",
                "--bootstrap",
                plan.bootstrapServers(),
                "--acquirer",
                "http://127.0.0.1:" + plan.acquirerHttp(),
                "--rate",
                Double.toString(plan.rate()),
                "--seed",
                Long.toString(plan.seed()),
                "--truth",
                directory.resolve("truth.jsonl").toString()));
        return new Part("traffic", Part.Stage.TRAFFIC, arguments, Probe.none(), "");
    }

    /** Gives the jobs of these names to the job manager, and ends. */
    List<String> submission(List<String> names) {
        List<String> arguments = flink(256);
        arguments.addAll(List.of(
                "io.tillwatch.jobs.local.SubmitJobsMain",
                "--job-manager",
                "127.0.0.1:" + plan.flink(),
                "--state-dir",
                flinkFiles.checkpoints().toString(),
                "--jobs",
                String.join(",", names),
                "--bootstrap",
                plan.bootstrapServers(),
                "--parallelism",
                "2",
                "--checkpoint-every",
                "PT10S",
                "--signing-key-id",
                Secrets.KEY_ID,
                "--signing-key-file",
                secrets.keyFile().toString()));
        return arguments;
    }

    private ObjectNode responderConfig(int number) {
        ObjectNode settings = new ResponderConfig(
                        "responder-" + number,
                        plan.bootstrapServers(),
                        plan.databaseUrl(),
                        plan.databaseUser(),
                        plan.responder(number),
                        URI.create("http://127.0.0.1:" + plan.acquirerHttp()),
                        plan.acquirerIso(),
                        secrets.tokens())
                .json();
        settings.putObject("signing")
                .putObject("keys")
                .put(Secrets.KEY_ID, secrets.keyFile().toString());
        return settings;
    }

    private ObjectNode consoleConfig() {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.putObject("kafka").put("bootstrap", plan.bootstrapServers());
        settings.putObject("database").put("url", plan.databaseUrl()).put("user", plan.databaseUser());
        settings.putObject("web").put("port", plan.console());
        settings.putObject("responder").put("url", "http://127.0.0.1:" + plan.responder(1));
        return settings;
    }

    private Path file(String name) {
        return directory.resolve("config").resolve(name + ".json");
    }

    private void write(String name, ObjectNode settings) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), settings.toPrettyString());
        } catch (IOException e) {
            throw new ClusterException(file(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** A JVM that lives long and does little. */
    private List<String> small(int megabytes) {
        return new ArrayList<>(
                List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory.resolve("tmp")));
    }

    /** A program of this class path. */
    private List<String> java(int megabytes) {
        List<String> arguments = small(megabytes);
        arguments.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        return arguments;
    }

    /** As {@link #java}, with what Flink must be let do, and its log. */
    private List<String> flink(int megabytes) {
        List<String> arguments = java(megabytes);
        // Flink reaches into the JDK: what this JVM was allowed, that one needs too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(arguments::add);
        arguments.add("-Dlog4j2.configurationFile=log4j2-cluster.xml");
        return arguments;
    }
}
