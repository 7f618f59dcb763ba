package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs both jobs in this process until it is ended: {@code --state-dir DIR [--state heap|rocksdb] [--web-port N]} and the
 * arguments of {@link JobSettings}. Ends with exit code 1 when a job ends by itself, 2 when told nonsense.
 */
public final class LocalJobsMain {

    private LocalJobsMain() {}

    public static void main(String[] args) throws Exception {
        List<String> forJobs = new ArrayList<>();
        String stateDirectory = null;
        String state = "heap";
        int webPort = 0;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--state-dir" -> stateDirectory = value;
                case "--state" -> state = value;
                case "--web-port" -> webPort = Integer.parseInt(value);
                default -> forJobs.addAll(List.of(args).subList(i, Math.min(i + 2, args.length)));
            }
        }
        JobSettings settings = JobEnvironment.settingsOrExit(forJobs.toArray(String[]::new), "tillwatch");
        if (stateDirectory == null || !List.of("heap", "rocksdb").contains(state)) {
            System.err.println("give --state-dir DIR for checkpoints, and --state heap or --state rocksdb");
            System.exit(2);
        }
        LocalSettings local = new LocalSettings(settings, Path.of(stateDirectory), state.equals("rocksdb"), webPort);
        try (LocalJobs jobs = LocalJobs.start(local)) {
            System.out.println("running: " + jobs.webAddress());
            System.err.println(jobs.ended().get());
        }
        System.exit(1);
    }
}
