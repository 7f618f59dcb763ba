package io.tillwatch.cli.demo;

import io.tillwatch.cli.live.Directories;
import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system on this machine, under traffic with known faults. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the whole system on this machine: Kafka, PostgreSQL, the Flink jobs with Flink's web page, an acquirer"
                    + " simulator, a responder, the console, and traffic with known faults.",
            "Windows of days are seconds here. Ctrl-C ends it and leaves nothing behind. With --seconds it ends by"
                    + " itself and holds what was found against what was done: exit code 1 if an alert was missed or"
                    + " raised without cause, or if an instruction had more than one effect at the acquirer."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final long DISK_BYTES_MIN = 1L << 30;
    private static final int PORT_MAX = 65_535;

    @Mixin
    private TrafficOptions traffic;

    @Option(
            names = "--json",
            description = "Print one line of JSON at the end, and everything else to the standard error stream.")
    private boolean json;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "The first of the seven ports in a row that are listened on, of 127.0.0.1 only: Kafka, Flink,"
                    + " responder, acquirer (HTTP, ISO 8583), PostgreSQL, console. By default any that are free.")
    private Integer portBase;

    @Option(
            names = "--metrics",
            description =
                    "Let Prometheus read what the jobs count, at the port after the seven. Flink opens it at every"
                            + " address of this machine.")
    private boolean metrics;

    @Option(
            names = "--approve",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether people of the demo's own decide of most commands that wait for a person, over the"
                    + " responder's API; by default they do. With --no-approve all of them are left to you.")
    private boolean approve;

    @Option(names = "--keep", description = "Keep logs and data, and say where they are.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        Leftovers.remove(temporary());
        Path directory = Leftovers.newDirectory(temporary());
        PrintStream out = json ? System.err : System.out;
        boolean terminal = Boolean.getBoolean(json ? "tillwatch.stderrIsTerminal" : "tillwatch.stdoutIsTerminal");
        DemoPorts ports = portBase == null ? ports(DemoPorts.anyFree()) : ports(DemoPorts.from(portBase));
        DemoRun run = new DemoRun(Home.find(), directory, ports, traffic, approve, new Screen(out, terminal));
        OrderlyEnd orderly = OrderlyEnd.of(run::end);
        try (orderly) {
            int exitCode = run(run, out);
            if (keep) {
                out.println("logs and data are kept in " + directory);
            } else {
                Directories.delete(directory);
            }
            return exitCode;
        }
    }

    private int run(DemoRun run, PrintStream out) throws InterruptedException {
        try {
            DemoReport report = run.run();
            if (report == null) {
                out.println("ended");
                return 0; // as it was told to
            }
            report.lines().forEach(out::println);
            if (json) {
                System.out.println(report.json());
                System.out.flush();
            }
            return report.good() ? 0 : 1;
        } catch (DemoFailedException e) {
            System.err.println(e.getMessage());
            return run.isUp() ? 1 : 2;
        }
    }

    private DemoPorts ports(DemoPorts usual) {
        return metrics ? usual.withMetrics() : usual;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>(traffic.problems());
        if (portBase != null) {
            if (portBase < 1 || portBase > PORT_MAX - DemoPorts.COUNT) {
                problems.add("--port-base is " + portBase + "; give 1 to " + (PORT_MAX - DemoPorts.COUNT));
            } else {
                ports(DemoPorts.from(portBase))
                        .taken()
                        .forEach(port -> problems.add("port " + port
                                + " of 127.0.0.1 is taken: stop what listens there, or give another --port-base"));
            }
        }
        try {
            problems.addAll(Home.find().problems("acquirer", "responder", "console"));
        } catch (IllegalStateException e) {
            problems.add(e.getMessage());
        }
        Path temporary = temporary();
        long free = Files.getFileStore(temporary).getUsableSpace();
        if (free < DISK_BYTES_MIN) {
            problems.add(temporary + " has room for " + (free >> 20) + " MB; the demo wants " + (DISK_BYTES_MIN >> 20)
                    + " MB: make room, or set TILLWATCH_JAVA_OPTS=-Djava.io.tmpdir=DIR to where there is");
        }
        return problems;
    }
}
