package io.tillwatch.bench.contender;

import io.tillwatch.bench.profile.FlameGraph;
import io.tillwatch.bench.profile.Stacks;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs a contender in a JVM of its own. The same heap and the same collector for each. */
public final class ContenderProcess {

    /** Flink and Kafka Streams each bring a RocksDB of their own, with the same classes. */
    private static final String FLINKS_ROCKSDB = "frocksdbjni-";

    private static final String STREAMS_ROCKSDB = "rocksdbjni-";
    private static final int LOG_LINES = 15;

    private final Setting setting;
    private final int heapMegabytes;
    private final Path truth;
    private final Path logs;
    private final Optional<Path> profiles;

    /**
     * @param heapMegabytes of each contender's JVM, given to it whole from the start
     * @param truth what is wrong with the payments
     * @param logs where each contender's log is written
     * @param profiles where a recording of each JVM and its flame graph are written; empty for none, as recording costs
     */
    public ContenderProcess(Setting setting, int heapMegabytes, Path truth, Path logs, Optional<Path> profiles) {
        this.setting = setting;
        this.heapMegabytes = heapMegabytes;
        this.truth = truth;
        this.logs = logs;
        this.profiles = profiles;
    }

    /**
     * Measures a contender.
     *
     * @param each told each pass when it is done
     */
    public Measured run(ContenderName name, int passes, Consumer<Pass> each) throws IOException, InterruptedException {
        Path log = logs.resolve(name + ".log");
        Process process = new ProcessBuilder(command(name, passes))
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        List<Pass> done = new ArrayList<>();
        Instant lastBegan = Instant.EPOCH;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Pass.isLine(line)) {
                    Pass pass = Pass.parse(line);
                    if (pass.number() < passes) {
                        lastBegan = Instant.now();
                    }
                    done.add(pass);
                    each.accept(pass);
                }
            }
            int exit = process.waitFor();
            if (exit == 0) {
                draw(name, lastBegan);
            }
            return new Measured(
                    name, done, exit == 0 ? Optional.empty() : Optional.of("exit code " + exit + "\n" + endOf(log)));
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    /** Draws the last pass; what the compiler had not compiled before would hide the rest. */
    private void draw(ContenderName name, Instant lastBegan) throws IOException {
        if (profiles.isPresent()) {
            Stacks.Node stacks = Stacks.read(recording(profiles.get(), name), lastBegan);
            Files.writeString(
                    profiles.get().resolve(name + ".svg"),
                    FlameGraph.of(stacks, "Where the CPU time of " + name + " goes, last pass"));
        }
    }

    private static Path recording(Path directory, ContenderName name) {
        return directory.resolve(name + ".jfr");
    }

    private List<String> command(ContenderName name, int passes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms" + heapMegabytes + "m");
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:+UseParallelGC");
        profiles.ifPresent(directory -> command.add(
                "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + recording(directory, name)));
        // Flink reaches into the JDK: what this JVM was allowed, that one needs too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.add("-cp");
        command.add(classPath(name));
        command.add(ContenderMain.class.getName());
        command.add(name.toString());
        command.add(setting.bootstrapServers());
        command.add(Integer.toString(setting.parallelism()));
        command.add(Integer.toString(passes));
        command.add(setting.directory().resolve(name.toString()).toString());
        command.add(truth.toString());
        return command;
    }

    private static String classPath(ContenderName name) {
        String others = name.inFlink() ? STREAMS_ROCKSDB : FLINKS_ROCKSDB;
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !new File(entry).getName().startsWith(others))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String endOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
}
