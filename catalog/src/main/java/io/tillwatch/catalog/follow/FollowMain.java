package io.tillwatch.catalog.follow;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "tillwatch",
        description = "Questions that are answered on and on.",
        subcommands = {FollowCommand.class},
        mixinStandardHelpOptions = true)
public final class FollowMain implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Ends the JVM with the command's exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new FollowMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, of, result) -> {
            if (e instanceof QuestionRefusedException) {
                of.getErr().println(e.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            e.printStackTrace(of.getErr());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command");
    }
}
