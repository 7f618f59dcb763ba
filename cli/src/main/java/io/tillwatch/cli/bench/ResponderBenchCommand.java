package io.tillwatch.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.cli.demo.WithParent;
import io.tillwatch.cli.live.Directories;
import io.tillwatch.cli.process.Home;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a responder's journal and HTTP adapter on a PostgreSQL of this command's own, which is gone afterwards. */
@Command(
        name = "responder",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many commands a second go through a responder's journal and its HTTP adapter, on a PostgreSQL of"
                    + " its own with synchronous commit, at an acquirer that answers at once.",
            "Exit code 1 if a command had no effect there, or more than one."
        })
public final class ResponderBenchCommand implements Callable<Integer> {

    private static final int COMMANDS_MAX = 10_000_000;
    private static final int THREADS_MAX = 500;

    @Option(names = "--commands", defaultValue = "20000", description = "How many; ${DEFAULT-VALUE}.")
    private int commands;

    @Option(
            names = "--warm-up",
            defaultValue = "20000",
            description = "How many are done before and not counted, while the JVM compiles; ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--threads", defaultValue = "32", description = "Turns at once; ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--json", description = "Write the figures as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        String classPath = Home.find().classPath("responder");
        Path directory = Files.createTempDirectory("tillwatch-bench-responder");
        PostgresServer postgres = new PostgresServer(
                PostgresSettings.in(directory).withServerSetting("max_connections", Integer.toString(threads + 50)));
        Thread interrupted = new Thread(() -> clean(postgres, directory), "clean");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            System.err.println("starting PostgreSQL");
            postgres.start();
            return measure(classPath, postgres.jdbcUrl());
        } finally {
            clean(postgres, directory);
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
    }

    private static void clean(PostgresServer postgres, Path directory) {
        postgres.stop();
        try {
            if (Files.exists(directory)) {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be deleted", e);
        }
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        bounds("--commands", commands, 1, COMMANDS_MAX, problems);
        bounds("--warm-up", warmUp, 0, COMMANDS_MAX, problems);
        bounds("--threads", threads, 1, THREADS_MAX, problems);
        return problems;
    }

    private static void bounds(String option, int value, int min, int max, List<String> problems) {
        if (value < min || value > max) {
            problems.add(option + " is " + value + ": give " + min + " to " + max);
        }
    }

    private int measure(String classPath, String database) throws IOException, InterruptedException {
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        classPath + System.getProperty("path.separator") + WithParent.classPath(),
                        WithParent.class.getName(),
                        "io.tillwatch.responder.ResponderMain",
                        "bench",
                        "--database=" + database,
                        "--commands=" + commands,
                        "--warm-up=" + warmUp,
                        "--threads=" + threads,
                        "--json")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode figures = figures(bench);
        int exitCode = bench.waitFor();
        if (figures == null) {
            System.err.println("the bench gave no figures: what it said stands above");
            return exitCode == 0 ? 1 : exitCode;
        }
        if (json) {
            System.out.println(figures);
        } else {
            figures.properties().forEach(figure -> System.out.printf("%-22s %s%n", figure.getKey(), figure.getValue()));
        }
        return exitCode;
    }

    /** Its line of figures; what else it prints is its log. */
    private static JsonNode figures(Process bench) throws IOException {
        JsonNode figures = null;
        try (BufferedReader lines = bench.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    figures = JsonMapper.builder().build().readTree(line);
                } else {
                    System.err.println(line);
                }
            }
        }
        return figures;
    }
}
