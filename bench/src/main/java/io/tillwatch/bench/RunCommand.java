package io.tillwatch.bench;

import io.tillwatch.bench.contender.ContenderName;
import io.tillwatch.bench.contender.ContenderProcess;
import io.tillwatch.bench.contender.Measured;
import io.tillwatch.bench.contender.Pass;
import io.tillwatch.bench.contender.Setting;
import io.tillwatch.bench.report.JsonReport;
import io.tillwatch.bench.report.Machine;
import io.tillwatch.bench.report.Report;
import io.tillwatch.bench.report.Table;
import io.tillwatch.bench.workload.Plan;
import io.tillwatch.bench.workload.Truth;
import io.tillwatch.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a workload into a broker once, and lets each contender read it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Writes payments with known faults into a real broker, lets each contender read them in a JVM of its own, and"
                    + " prints what each has spent and what it has found. Exit code 1 if a contender failed, or if"
                    + " Tillwatch has missed anything or found what is not true.",
            ""
        })
public final class RunCommand implements Callable<Integer> {

    private static final int PAYMENTS = 1_000_000;
    private static final int PAYMENTS_QUICK = 100_000;
    private static final int PASSES = 3;
    private static final int PASSES_QUICK = 2;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "100,000 payments and two passes, unless said otherwise: a look, no measurement.")
    private boolean quick;

    @Option(names = "--payments", paramLabel = "N", description = "How many payments; by default 1,000,000.")
    private Integer payments;

    @Option(names = "--days", paramLabel = "D", description = "Over how many days they are spread; ${DEFAULT-VALUE}.")
    private int days = 7;

    @Option(names = "--seed", paramLabel = "S", description = "Of the payments; ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Which contenders; by default all: floor, floor-state, floor-state-rocksdb, tillwatch,"
                    + " tillwatch-rocksdb, flink-sql, flink-sql-rocksdb, flink-cep, kafka-streams,"
                    + " kafka-streams-rocksdb.")
    private List<String> only = List.of();

    @Option(
            names = "--passes",
            paramLabel = "N",
            description = "How often each reads it all; by default 3. The first is cold, the last counts.")
    private Integer passes;

    @Option(names = "--parallelism", paramLabel = "N", description = "Of each contender; ${DEFAULT-VALUE}.")
    private int parallelism = 2;

    @Option(names = "--heap", paramLabel = "MB", description = "Of each contender's JVM; ${DEFAULT-VALUE}.")
    private int heapMegabytes = 4096;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Where the workload is kept, to be used again by the next run.")
    private Path keep;

    @Option(
            names = "--profile",
            paramLabel = "DIR",
            description =
                    "Record each contender's JVM with Flight Recorder, and write the recording and a flame graph of the"
                            + " last pass there. It costs a few percent: compare no figures with those of a run without.")
    private Path profile;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Set<ContenderName> names = names(problems);
        int passCount = passes != null ? passes : quick ? PASSES_QUICK : PASSES;
        if (passCount < 1 || parallelism < 1 || heapMegabytes < 256) {
            problems.add("--passes and --parallelism must be at least 1, --heap at least 256");
        }
        Plan plan = null;
        try {
            plan = new Plan(seed, payments != null ? payments : quick ? PAYMENTS_QUICK : PAYMENTS, days);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        Path work = Files.createTempDirectory("tillwatch-bench");
        try {
            return run(plan, names, passCount, work);
        } catch (Workload.OtherWorkloadException e) {
            System.err.println(e.getMessage());
            return 2;
        } finally {
            delete(work);
        }
    }

    private int run(Plan plan, Set<ContenderName> names, int passCount, Path work)
            throws IOException, InterruptedException {
        Path directory = keep != null ? keep.toAbsolutePath() : work.resolve("workload");
        Path logs = Files.createDirectories(directory.resolve("logs"));
        Workload workload = Workload.open(plan, directory);
        try (workload) {
            Truth truth = Truth.read(workload.truthFile());
            ContenderProcess process = new ContenderProcess(
                    new Setting(workload.bootstrapServers(), parallelism, work),
                    heapMegabytes,
                    workload.truthFile(),
                    logs,
                    profiles());
            List<Measured> results = new ArrayList<>();
            for (ContenderName name : names) {
                results.add(process.run(name, passCount, pass -> tell(name, pass, workload.records())));
            }
            Report report = new Report(
                    Machine.here(),
                    plan,
                    workload.records(),
                    truth.findings().size(),
                    heapMegabytes,
                    parallelism,
                    passCount,
                    results);
            System.out.print(json ? JsonReport.of(report) + "\n" : Table.of(report));
            return results.stream().allMatch(RunCommand::good) ? 0 : 1;
        }
    }

    private Optional<Path> profiles() throws IOException {
        return profile == null
                ? Optional.empty()
                : Optional.of(Files.createDirectories(profile).toAbsolutePath());
    }

    private static boolean good(Measured result) {
        boolean ours = switch (result.name()) {
            case TILLWATCH, TILLWATCH_ROCKSDB -> true;
            case FLOOR, FLOOR_STATE, FLOOR_STATE_ROCKSDB -> false;
            case SQL, SQL_ROCKSDB, CEP, STREAMS, STREAMS_ROCKSDB -> false;
        };
        boolean right = result.passes().stream()
                .allMatch(pass -> pass.missed().total() == 0 && pass.spurious().total() == 0);
        return result.failure().isEmpty() && (right || !ours);
    }

    private static void tell(ContenderName name, Pass pass, long records) {
        System.err.printf(
                "%-22s pass %d: %6.1f s, %6.2f µs CPU an event, missed %s, spurious %s%n",
                name,
                pass.number(),
                pass.wallMillis() / 1000.0,
                1000.0 * pass.cpuMillis() / records,
                pass.missed(),
                pass.spurious());
    }

    private Set<ContenderName> names(List<String> problems) {
        if (only.isEmpty()) {
            return EnumSet.allOf(ContenderName.class);
        }
        Set<ContenderName> names = EnumSet.noneOf(ContenderName.class);
        for (String text : only) {
            Optional<ContenderName> name = ContenderName.named(text);
            name.ifPresent(names::add);
            if (name.isEmpty()) {
                problems.add("--only: there is no " + text + "; give some of "
                        + Arrays.stream(ContenderName.values())
                                .map(ContenderName::toString)
                                .collect(Collectors.joining(", ")));
            }
        }
        return names;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
