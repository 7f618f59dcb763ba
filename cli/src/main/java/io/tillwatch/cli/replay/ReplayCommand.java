package io.tillwatch.cli.replay;

import io.tillwatch.jobs.replay.ReplayJob;
import io.tillwatch.jobs.replay.ReplaySettings;
import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the jobs over JSON lines. */
@Command(
        name = "replay",
        description = {
            "Runs the same jobs over JSON lines, for testing a policy on history.",
            "",
            "Reads authorizations, captures, settlements, reversals, outcomes and policies (.jsonl or .jsonl.gz, any may"
                    + " be missing), in the order of their arrivedAt, else occurredAt. Writes alerts.jsonl,"
                    + " commands.jsonl, dead-letters.jsonl and summary.json. The same input gives the same bytes.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the results are written", "1:failed: a bug", "2:bad usage, or files that cannot be used"})
public final class ReplayCommand implements Callable<Integer> {

    /** Set by the launcher, since a JVM cannot tell. */
    private static final String STDERR_IS_TERMINAL = "tillwatch.stderrIsTerminal";

    @Spec
    private CommandSpec spec;

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Folder of the input.")
    private Path in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the results; made if it is missing.")
    private Path out;

    @Option(
            names = "--as-of",
            paramLabel = "MS",
            description = "Reads and reports nothing later than this time, in milliseconds since the epoch; by default"
                    + " the latest arrival of a record that is let in.")
    private Long asOf;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks that each step is divided among; by default as many as there are processors"
                    + " (here ${DEFAULT-VALUE}).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--state",
            paramLabel = "KIND",
            description =
                    "Where open payments are kept: heap, or rocksdb for more of them than memory holds; by default"
                            + " ${DEFAULT-VALUE}.")
    private StateBackend state = StateBackend.HEAP;

    @Override
    public Integer call() throws Exception {
        OptionalLong asOfMillis = asOf == null ? OptionalLong.empty() : OptionalLong.of(asOf);
        try (ProgressLine progress =
                new ProgressLine(spec.commandLine().getErr(), Boolean.getBoolean(STDERR_IS_TERMINAL))) {
            ReplayJob.run(new ReplaySettings(in, out, asOfMillis, parallelism, state), progress);
        }
        return 0;
    }
}
