package io.tillwatch.query;

import io.tillwatch.query.snapshot.QuestionFailedException;
import io.tillwatch.query.snapshot.SnapshotException;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: one question, or one report. */
@Command(
        name = "tillwatch",
        description = "Questions in SQL over the topics, and the management report.",
        subcommands = {QueryCommand.class, ReportCommand.class},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:found wrong", "2:bad usage, question or configuration"})
public final class QueryMain implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Ends the JVM with the command's exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new QueryMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(QueryMain::told);
        line.setExecutionStrategy(QueryMain::execute);
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().parser().collectErrors(true));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "give a command");
    }

    private static int execute(ParseResult result) {
        Integer helped = CommandLine.executeHelpRequest(result);
        if (helped != null) {
            return helped;
        }
        List<Exception> errors = new ArrayList<>();
        CommandLine last = result.commandSpec().commandLine();
        for (ParseResult r = result; r != null; r = r.hasSubcommand() ? r.subcommand() : null) {
            errors.addAll(r.errors());
            last = r.commandSpec().commandLine();
        }
        if (errors.isEmpty()) {
            return new CommandLine.RunLast().execute(result);
        }
        errors.stream().map(Exception::getMessage).distinct().forEach(last.getErr()::println);
        last.usage(last.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int told(Exception e, CommandLine line, ParseResult result) {
        if (e instanceof QuestionFailedException || e instanceof SnapshotException) {
            line.getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof UncheckedIOException || e instanceof SchemasUnavailableException) {
            line.getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (e instanceof KafkaException) {
            line.getErr()
                    .println(e.getMessage()
                            + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
            line.getErr().println("Look whether Kafka is there, and at --bootstrap and the settings of its client");
            return CommandLine.ExitCode.USAGE;
        }
        e.printStackTrace(line.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
