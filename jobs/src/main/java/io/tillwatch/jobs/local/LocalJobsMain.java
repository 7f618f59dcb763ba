package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs both jobs in this process until it is ended: {@code --state-dir DIR [--state heap|rocksdb] [--web-port N]
 * [--metrics-port N]} and the
 * arguments of {@link JobSettings}. Ends with exit code 1 when a job ends by itself, 2 when told nonsense.
 */
public final class LocalJobsMain {

    private static final int PORT_MAX = 65_535;

    private LocalJobsMain() {}

    public static void main(String[] args) throws Exception {
        List<String> forJobs = new ArrayList<>();
        String stateDirectory = null;
        String state = "heap";
        String webPort = "0";
        String metricsPort = "0";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--state-dir" -> stateDirectory = value;
                case "--state" -> state = value;
                case "--web-port" -> webPort = value;
                case "--metrics-port" -> metricsPort = value;
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
        int web = port("--web-port", webPort, problems);
        int metrics = port("--metrics-port", metricsPort, problems);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(2);
        }
        LocalSettings local =
                new LocalSettings(settings, Path.of(stateDirectory), state.equals("rocksdb"), web, metrics);
        try (LocalJobs jobs = LocalJobs.start(local)) {
            System.out.println("running: " + jobs.webAddress());
            System.err.println(jobs.ended().get());
        }
        System.exit(1);
    }

    private static int port(String option, String text, List<String> problems) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told with those that are no port
        }
        problems.add(option + " " + text + " is no port: give a number from 0 to " + PORT_MAX);
        return 0;
    }
}
