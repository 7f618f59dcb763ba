package io.tillwatch.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of Flink's processes, and of the ZooKeeper by which a job manager finds the jobs of the one before it. */
final class FlinkFiles {

    /** For each task manager, so that one that is left has room for both jobs. */
    private static final int SLOTS = 4;

    private final Path directory;
    private final ClusterPlan plan;

    FlinkFiles(Path directory, ClusterPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    /** Where the jobs keep their checkpoints. */
    Path checkpoints() {
        return directory.resolve("flink").resolve("checkpoints");
    }

    Path zookeeper() {
        return directory.resolve("config").resolve("zoo.cfg");
    }

    /** The directory that a process is given as its configuration. */
    Path of(String process) {
        return directory.resolve("config").resolve(process);
    }

    static String taskManager(int number) {
        return "taskmanager-" + number;
    }

    void write() {
        write(
                zookeeper(),
                Map.of(
                        "dataDir",
                        directory.resolve("zookeeper").toString(),
                        "clientPort",
                        Integer.toString(plan.zookeeper()),
                        "clientPortAddress",
                        "127.0.0.1",
                        "admin.enableServer",
                        "false",
                        "tickTime",
                        "2000",
                        "autopurge.purgeInterval",
                        "1"),
                "=");
        write(of("jobmanager").resolve("config.yaml"), common(), ": ");
        for (int i = 1; i <= plan.taskManagers(); i++) {
            Map<String, String> settings = common();
            settings.put("taskmanager.resource-id", taskManager(i));
            settings.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS));
            // Flink's scripts would work these out; the JVM's own options say the same.
            settings.put("taskmanager.cpu.cores", "1.0");
            settings.put("taskmanager.memory.framework.heap.size", "128mb");
            settings.put("taskmanager.memory.task.heap.size", "384mb");
            settings.put("taskmanager.memory.framework.off-heap.size", "128mb");
            settings.put("taskmanager.memory.task.off-heap.size", "64mb");
            settings.put("taskmanager.memory.network.min", "64mb");
            settings.put("taskmanager.memory.network.max", "64mb");
            settings.put("taskmanager.memory.managed.size", "256mb");
            settings.put("taskmanager.memory.jvm-metaspace.size", "192mb");
            settings.put("taskmanager.memory.jvm-overhead.min", "128mb");
            settings.put("taskmanager.memory.jvm-overhead.max", "128mb");
            write(of(taskManager(i)).resolve("config.yaml"), settings, ": ");
        }
    }

    private Map<String, String> common() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", Integer.toString(plan.flink()));
        settings.put("rest.bind-port", Integer.toString(plan.flink()));
        // The class path holds the jobs: nobody brings programs.
        settings.put("web.submit.enable", "false");
        settings.put("web.cancel.enable", "false");
        settings.put("high-availability.type", "zookeeper");
        settings.put("high-availability.zookeeper.quorum", "127.0.0.1:" + plan.zookeeper());
        settings.put(
                "high-availability.storageDir",
                directory.resolve("flink").resolve("ha").toUri().toString());
        settings.put("high-availability.cluster-id", "tillwatch");
        // Who is killed is missed within seconds; by default it takes most of a minute.
        settings.put("heartbeat.interval", "2 s");
        settings.put("heartbeat.timeout", "15 s");
        settings.put("restart-strategy.type", "exponential-delay");
        settings.put("restart-strategy.exponential-delay.initial-backoff", "500 ms");
        settings.put("restart-strategy.exponential-delay.max-backoff", "10 s");
        settings.put("io.tmp.dirs", directory.resolve("tmp").toString());
        return settings;
    }

    private static void write(Path file, Map<String, String> settings, String between) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    settings.entrySet().stream()
                            .map(e -> e.getKey() + between + e.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new ClusterException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
