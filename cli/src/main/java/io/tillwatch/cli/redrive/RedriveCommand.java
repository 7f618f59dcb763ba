package io.tillwatch.cli.redrive;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Dead letters: what was refused, why, and on its way back. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at dead letters and sends them back to their feed, mended by hand, or as they are when the reader was at"
                    + " fault.",
            "A letter is sent back once, whoever asks for it how often, and whatever is killed meanwhile."
        },
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            SendCommand.class,
            LayAsideCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:something is left to be done", "2:bad usage, or Kafka does not answer"})
public final class RedriveCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "give one of list, show, export, send and lay-aside");
    }
}
