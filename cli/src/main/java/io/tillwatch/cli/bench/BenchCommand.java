package io.tillwatch.cli.bench;

import io.tillwatch.cli.live.LatencyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Benchmarks, each a command below this one. Two more are a program of their own, module bench: the launcher starts it,
 * for nothing else may have the peers on its class path.
 */
@Command(
        name = "bench",
        description = "Benchmarks, and input for them.",
        mixinStandardHelpOptions = true,
        subcommands = {LatencyCommand.class, ResponderBenchCommand.class},
        footer = {
            "",
            "Built on first use, by ./tillwatch:",
            "  run       Measures the jobs beside what else one would build them with.",
            "  generate  Writes made-up payments as input for a replay."
        },
        synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command of bench");
    }
}
