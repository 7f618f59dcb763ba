package io.tillwatch.cli.bench;

import io.tillwatch.cli.live.LatencyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Benchmarks, each a command below this one. */
@Command(
        name = "bench",
        description = "Benchmarks, and input for them.",
        mixinStandardHelpOptions = true,
        subcommands = {LatencyCommand.class, GenerateCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command of bench");
    }
}
