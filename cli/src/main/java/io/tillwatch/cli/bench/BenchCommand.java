package io.tillwatch.cli.bench;

import io.tillwatch.cli.growth.GrowthCommand;
import io.tillwatch.cli.latency.LatencyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Benchmarks, each a command below this one. Some of them are a program of their own, module bench: the launcher starts it,
 * for nothing else may have the peers on its class path.
 */
@Command(
        name = "bench",
        description = "Benchmarks, and input for them.",
        mixinStandardHelpOptions = true,
        subcommands = {LatencyCommand.class, GrowthCommand.class, ResponderBenchCommand.class},
        footer = {
            "",
            "Built on first use, by ./tillwatch:",
            "  run       Measures the jobs beside what else one would build them with.",
            "  generate  Writes made-up payments as input for a replay.",
            "  micro     Measures decoding, the rules and the state, step by step.",
            "  pictures  Draws what run, growth and latency have measured."
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
