package io.tillwatch.cli;

import io.tillwatch.jobs.replay.ReplayRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong: a bad configuration in words, each problem on a line; a bug with where it happened. */
final class FailureHandler implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        if (e instanceof ReplayRefusedException refused) {
            refused.problems().forEach(line.getErr()::println);
            return CommandLine.ExitCode.USAGE;
        }
        e.printStackTrace(line.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
