package io.tillwatch.cli.growth;

import io.tillwatch.cli.growth.Cell.Keeps;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the jobs as the payments that are open become many. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = {
            "Fills the jobs with open payments from a backlog, and measures what an event costs then, what a checkpoint"
                    + " holds, and how long a restart takes after a kill; then says what other loads would need. Broker and"
                    + " jobs run as they are, in processes of their own. The defaults take some minutes; 10,000,000 payments"
                    + " some more, and about 5 GB in the directory for temporary files.",
            ""
        })
public final class GrowthCommand implements Callable<Integer> {

    private static final String CHECKPOINT_EVERY = "PT10S";
    private static final long OPEN_MIN = 1_000;
    private static final long OPEN_MAX = 100_000_000;

    @Option(
            names = "--open",
            split = ",",
            defaultValue = "100000,1000000",
            paramLabel = "N",
            description = "How many payments are open, one or several; ${DEFAULT-VALUE}.")
    private List<Long> open;

    @Option(
            names = "--state",
            split = ",",
            defaultValue = "heap,rocksdb",
            paramLabel = "STATE",
            description =
                    "Where state is kept, heap or rocksdb or both; ${DEFAULT-VALUE}. What the memory of the machine"
                            + " has no room for is left out, and said.")
    private List<String> states;

    @Option(
            names = "--parallelism",
            split = ",",
            defaultValue = "1,2",
            paramLabel = "N",
            description = "Of the jobs, one or several; ${DEFAULT-VALUE}.")
    private List<Integer> parallelisms;

    @Option(
            names = "--steady",
            defaultValue = "300000",
            paramLabel = "N",
            description = "Records over which an event's cost is measured, three a payment, after as many to warm up;"
                    + " ${DEFAULT-VALUE}. Below 100,000 the compiler and idle time are most of the cost.")
    private long steady;

    @Option(
            names = "--days-kept",
            defaultValue = "4",
            paramLabel = "D",
            description =
                    "How long a payment is in the state, for the estimate of other loads: until it is settled, and"
                            + " then as long as rememberFor says; ${DEFAULT-VALUE}.")
    private double daysKept;

    @Option(
            names = "--within",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "How long a phase may take before it is given up; ${DEFAULT-VALUE}.")
    private long withinSeconds;

    @Option(names = "--json", description = "Print one line of JSON instead of tables.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        long machineMegabytes = operatingSystem().getTotalMemorySize() >> 20;
        List<Grown> measured = new ArrayList<>();
        List<String> left = new ArrayList<>();
        boolean failed = false;
        for (Cell cell : cells()) {
            if (!cell.fits(machineMegabytes)) {
                left.add(cell + ": the jobs' heap would be " + cell.heapMegabytes() + " MB of the machine's "
                        + machineMegabytes);
                continue;
            }
            try {
                measured.add(new GrowthRun(
                                cell,
                                CHECKPOINT_EVERY,
                                steady,
                                Duration.ofSeconds(withinSeconds),
                                what -> System.err.println(cell + ": " + what))
                        .measure());
            } catch (GrowthFailedException e) {
                failed = true;
                left.add(cell + ": " + e.getMessage());
            }
        }
        GrowthReport report = new GrowthReport(machine(machineMegabytes), measured, left, daysKept);
        System.out.print(json ? report.json() + "\n" : report.table());
        return failed ? 1 : 0;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        open.stream()
                .filter(n -> n < OPEN_MIN || n > OPEN_MAX)
                .forEach(n -> problems.add("--open: " + n + " is not in " + OPEN_MIN + ".." + OPEN_MAX));
        states.stream()
                .filter(state -> !List.of("heap", "rocksdb").contains(state))
                .forEach(state -> problems.add("--state: there is no " + state + "; give heap or rocksdb"));
        parallelisms.stream()
                .filter(n -> n < 1 || n > 4)
                .forEach(n -> problems.add("--parallelism: " + n + " is not in 1..4, the partitions of a feed"));
        if (steady < 3 || withinSeconds < 1 || !(daysKept > 0)) {
            problems.add("--steady must be at least 3, --within at least 1, --days-kept above 0");
        }
        return problems;
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String state : states) {
            for (int parallelism : parallelisms) {
                for (long n : open) {
                    cells.add(new Cell(Keeps.valueOf(state.toUpperCase(Locale.ROOT)), parallelism, n));
                }
            }
        }
        return cells;
    }

    private static String machine(long megabytes) {
        var os = operatingSystem();
        return os.getAvailableProcessors() + " cores, " + megabytes + " MB, " + os.getName() + " " + os.getVersion()
                + " " + os.getArch() + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.vm.version");
    }

    private static com.sun.management.OperatingSystemMXBean operatingSystem() {
        return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
