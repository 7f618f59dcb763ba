package io.tillwatch.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of the bench, as {@code ./tillwatch bench} starts it. */
@Command(
        name = "tillwatch bench",
        description = "Measures the jobs beside their peers, and makes up input.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, GenerateCommand.class, PicturesCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:found wrong", "2:bad usage or configuration"})
public final class BenchMain implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command of bench");
    }
}
