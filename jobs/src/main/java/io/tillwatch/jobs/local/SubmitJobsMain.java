package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.RemoteStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Gives jobs to a Flink session cluster whose own class path holds them, each from its newest checkpoint: {@code
 * --job-manager HOST:PORT --state-dir DIR [--state heap|rocksdb] [--jobs NAME,NAME]} and the arguments of {@link JobSettings}.
 * Ends when the cluster has taken them; with exit code 2 when told nonsense.
 */
public final class SubmitJobsMain {

    private static final int PORT_MAX = 65_535;
    private static final String RECOVERY_PATH = "execution.state-recovery.path";

    private SubmitJobsMain() {}

    public static void main(String[] args) throws Exception {
        List<String> forJobs = new ArrayList<>();
        String jobManager = "";
        String stateDirectory = null;
        String state = "rocksdb";
        List<String> names = JobGraphs.NAMES;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--job-manager" -> jobManager = value;
                case "--state-dir" -> stateDirectory = value;
                case "--state" -> state = value;
                case "--jobs" -> names = Arrays.asList(value.split(",", -1));
                default -> forJobs.addAll(List.of(args).subList(i, Math.min(i + 2, args.length)));
            }
        }
        JobSettings settings = JobEnvironment.settingsOrExit(forJobs.toArray(String[]::new), "tillwatch");
        List<String> problems = new ArrayList<>();
        if (stateDirectory == null) {
            problems.add("--state-dir is missing: give a directory for checkpoints");
        }
        if (!List.of("heap", "rocksdb").contains(state)) {
            problems.add("--state " + state + " is unknown: give heap or rocksdb");
        }
        if (!JobGraphs.NAMES.containsAll(names)) {
            problems.add("--jobs " + String.join(",", names) + ": there are " + String.join(",", JobGraphs.NAMES));
        }
        int colon = jobManager.lastIndexOf(':');
        int port = colon < 1 ? 0 : port(jobManager.substring(colon + 1));
        if (port == 0) {
            problems.add(
                    "--job-manager '" + jobManager + "' is no host:port: give where Flink's REST interface listens");
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(2);
        }
        String host = jobManager.substring(0, colon);
        for (String name : names) {
            submit(name, settings, Path.of(stateDirectory), state.equals("rocksdb"), host, port);
        }
    }

    private static void submit(
            String name, JobSettings settings, Path stateDirectory, boolean rocksDb, String host, int port)
            throws Exception {
        StreamExecutionEnvironment environment =
                JobGraphs.build(name, settings, stateDirectory, rocksDb, configuration -> {
                    JobGraphs.newestCheckpoint(stateDirectory, name)
                            .ifPresent(path -> configuration.setString(RECOVERY_PATH, path));
                    return new RemoteStreamEnvironment(host, port, configuration);
                });
        JobClient job = environment.executeAsync(name);
        System.out.println("submitted: " + name + " " + job.getJobID());
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= PORT_MAX ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
