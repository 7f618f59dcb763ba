package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The proof that a commandId has at most one effect: see {@link ChaosRun}. */
@Command(
        name = "chaos",
        description = {
            "Kills responders at every moment there is, against acquirers that go wrong in every way there is, and",
            "holds what came of it against the acquirers' own ledger: R1 to R8 of the responder.",
            "Everything runs on this machine in processes of its own. Exit code 1 if a promise was not kept."
        },
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

    private static final int VIOLATIONS_SHOWN = 50;

    @Option(names = "--commands", defaultValue = "10000", description = "At least so many; ${DEFAULT-VALUE}.")
    private int commands;

    @Option(
            names = "--kills",
            defaultValue = "200",
            description = "Of responders, at barriers and at random; ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--instances", defaultValue = "2", description = "Responders at once; ${DEFAULT-VALUE}.")
    private int instances;

    @Option(names = "--seed", defaultValue = "1", description = "Of commands, kills and faults; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--seconds-max",
            defaultValue = "3600",
            description = "What has not ended by then has failed; ${DEFAULT-VALUE}.")
    private int secondsMax;

    @Option(
            names = "--backlog",
            description = {
                "No faults: all commands are there before the responders start, as after a day of outage (give",
                "--commands 50000); the acquirers' rate must be kept, and the heap must not grow."
            })
    private boolean backlog;

    @Option(
            names = "--rate",
            defaultValue = "200",
            description = "With --backlog: exchanges a second that each acquirer allows; ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--dir", description = "For data and logs; a temporary directory by default, which is kept.")
    private Path directory;

    @Option(names = "--json", description = "Write the figures as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        // Progress is for people: with --json nothing but the figures stands on standard output.
        PrintStream progress = json ? System.err : System.out;
        Path in =
                directory == null ? Files.createTempDirectory("tillwatch-chaos-") : Files.createDirectories(directory);
        ChaosSettings settings = new ChaosSettings(commands, kills, instances, seed, Duration.ofSeconds(secondsMax));
        Clock clock = Clock.systemUTC();
        Verdict verdict = backlog
                ? new BacklogRun(settings, rate, in, Home.find(), progress, clock).run()
                : new ChaosRun(settings, in, Home.find(), progress, clock).run();
        tell(verdict, progress);
        return verdict.violations().isEmpty() ? 0 : 1;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (commands < 1) {
            problems.add("--commands is " + commands + ": give 1 or more");
        }
        if (kills < 0) {
            problems.add("--kills is " + kills + ": give 0 or more");
        }
        if (instances < 1) {
            problems.add("--instances is " + instances + ": give 1 or more");
        }
        if (rate < 1) {
            problems.add("--rate is " + rate + ": give 1 or more");
        }
        if (secondsMax < 1) {
            problems.add("--seconds-max is " + secondsMax + ": give 1 or more");
        }
        return problems;
    }

    private void tell(Verdict verdict, PrintStream progress) throws IOException {
        if (json) {
            System.out.println(JsonMapper.builder().build().writeValueAsString(verdict.figures()));
        } else {
            verdict.figures().forEach((name, value) -> System.out.printf("%-22s %s%n", name, value));
        }
        verdict.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> progress.println("not kept: " + violation));
        if (verdict.violations().size() > VIOLATIONS_SHOWN) {
            progress.println("and " + (verdict.violations().size() - VIOLATIONS_SHOWN) + " more");
        }
    }
}
