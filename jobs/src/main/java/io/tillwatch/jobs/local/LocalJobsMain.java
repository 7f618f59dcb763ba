package io.tillwatch.jobs.local;

import io.tillwatch.jobs.kafka.JobEnvironment;
import io.tillwatch.jobs.kafka.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs both jobs in this process until it is asked to end: {@code --state-dir DIR [--state heap|rocksdb] [--web-port N]
 * [--metrics-port N] [--stop-within PT1M]} and the arguments of {@link JobSettings}.
 *
 * <p>SIGTERM or Ctrl-C stops the jobs with a savepoint each, from which the next start goes on; a second one ends the process
 * at once. Ends with exit code 0 when each job has its savepoint or none was wanted, 1 when a job has none or ended by
 * itself, 2 when told nonsense.
 */
public final class LocalJobsMain {

    private static final int PORT_MAX = 65_535;
    private static final Duration STOP_WITHIN_MAX = Duration.ofHours(1);
    private static final int NOT_IN_ORDER = 1;

    private LocalJobsMain() {}

    public static void main(String[] args) throws Exception {
        List<String> forJobs = new ArrayList<>();
        String stateDirectory = null;
        String state = "heap";
        String webPort = "0";
        String metricsPort = "0";
        String stopWithin = "PT1M";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--state-dir" -> stateDirectory = value;
                case "--state" -> state = value;
                case "--web-port" -> webPort = value;
                case "--metrics-port" -> metricsPort = value;
                case "--stop-within" -> stopWithin = value;
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
        Duration stop = stopWithin(stopWithin, problems);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(2);
        }
        LocalSettings local =
                new LocalSettings(settings, Path.of(stateDirectory), state.equals("rocksdb"), web, metrics, stop);
        System.exit(run(local));
    }

    /** Runs the jobs to the end; gives the exit code. */
    private static int run(LocalSettings settings) throws Exception {
        LocalJobs jobs = LocalJobs.start(settings);
        try (jobs) {
            CompletableFuture<Void> asked = new CompletableFuture<>();
            // Not before: until the jobs are there, there is nothing to be saved, and a signal ends it at once.
            boolean heard = EndSignals.run(() -> {
                if (!asked.complete(null)) {
                    System.exit(NOT_IN_ORDER); // asked again
                }
            });
            if (!heard) {
                System.err.println("this JVM does not let its signals be had: a stop will write no savepoints");
            }
            System.out.println("running: " + jobs.webAddress());
            CompletableFuture.anyOf(asked, jobs.ended()).get();
            if (!asked.isDone()) {
                System.err.println(jobs.ended().get());
                return NOT_IN_ORDER;
            }
            if (settings.stopWithin().isZero()) {
                return 0;
            }
            System.out.println("stopping with savepoints, within " + settings.stopWithin());
            List<Stopped> stopped = jobs.stopWithSavepoints();
            stopped.forEach(job -> System.out.println(job.line()));
            return stopped.stream().allMatch(job -> job.savepoint().isPresent()) ? 0 : NOT_IN_ORDER;
        }
    }

    private static Duration stopWithin(String text, List<String> problems) {
        try {
            Duration within = Duration.parse(text);
            if (!within.isNegative() && within.compareTo(STOP_WITHIN_MAX) <= 0) {
                return within;
            }
        } catch (DateTimeParseException e) {
            // told with those that are out of bounds
        }
        problems.add("--stop-within " + text + " is no ISO 8601 duration in PT0S.." + STOP_WITHIN_MAX
                + ", such as PT1M; PT0S stops without savepoints");
        return Duration.ZERO;
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
