package io.tillwatch.cli;

import io.tillwatch.cli.bench.BenchCommand;
import io.tillwatch.cli.chaos.ChaosCommand;
import io.tillwatch.cli.cluster.DownCommand;
import io.tillwatch.cli.cluster.StatusCommand;
import io.tillwatch.cli.cluster.UpCommand;
import io.tillwatch.cli.demo.DemoCommand;
import io.tillwatch.cli.demo.SimulateCommand;
import io.tillwatch.cli.doctor.DoctorCommand;
import io.tillwatch.cli.live.JobsCommand;
import io.tillwatch.cli.live.LiveCommand;
import io.tillwatch.cli.live.PulseCommand;
import io.tillwatch.cli.live.TopicsCommand;
import io.tillwatch.cli.redrive.RedriveCommand;
import io.tillwatch.cli.replay.ReplayCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. A new command is a class of its own, named here. */
@Command(
        name = "tillwatch",
        description = "Watches the three lives of a card payment, says what is wrong, and commands the remedy.",
        mixinStandardHelpOptions = true,
        versionProvider = Tillwatch.Version.class,
        subcommands = {
            ReplayCommand.class,
            DemoCommand.class,
            UpCommand.class,
            StatusCommand.class,
            DownCommand.class,
            SimulateCommand.class,
            LiveCommand.class,
            JobsCommand.class,
            TopicsCommand.class,
            PulseCommand.class,
            DoctorCommand.class,
            RedriveCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        },
        footer = {
            "",
            "Programs of their own, built on first use by ./tillwatch:",
            "  query   Answers questions in SQL over what the topics hold now.",
            "  report  Writes the management report: a page and tables.",
            "  notify  Tells Alertmanager and webhooks of alerts."
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:found wrong", "2:bad usage or configuration"})
public final class Tillwatch implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Ends the JVM with the command's exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all commands, ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Tillwatch());
        collectErrors(line);
        line.setExecutionStrategy(Tillwatch::execute);
        line.setExecutionExceptionHandler(new FailureHandler());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command");
    }

    /** So that everything wrong with the arguments is told at once. */
    private static void collectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(Tillwatch::collectErrors);
    }

    private static int execute(ParseResult result) {
        Integer helped = CommandLine.executeHelpRequest(result);
        if (helped != null) {
            return helped;
        }
        List<Exception> errors = new ArrayList<>();
        CommandSpec last = result.commandSpec();
        for (ParseResult r = result; r != null; r = r.hasSubcommand() ? r.subcommand() : null) {
            errors.addAll(r.errors());
            last = r.commandSpec();
        }
        if (errors.isEmpty()) {
            return new CommandLine.RunLast().execute(result);
        }
        CommandLine line = last.commandLine();
        errors.stream().map(Exception::getMessage).distinct().forEach(line.getErr()::println);
        line.usage(line.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** The build's version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tillwatch.class.getPackage().getImplementationVersion();
            return new String[] {"tillwatch " + (version == null ? "(not packaged)" : version)};
        }
    }
}
