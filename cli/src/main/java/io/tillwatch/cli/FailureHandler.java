package io.tillwatch.cli;

import io.tillwatch.broker.BrokerException;
import io.tillwatch.cli.redrive.UnreadableMarkException;
import io.tillwatch.jobs.replay.ReplayRefusedException;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
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
        if (e instanceof UnreadableMarkException || e instanceof SchemasUnavailableException) {
            line.getErr().println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Throwable kafka = e instanceof ExecutionException ? e.getCause() : e;
        if (kafka instanceof BrokerException || kafka instanceof KafkaException) {
            String why = kafka.getCause() == null ? "" : ": " + kafka.getCause().getMessage();
            line.getErr().println(kafka.getMessage() + why);
            line.getErr().println("Look whether Kafka is there, and at --bootstrap and the settings of its client");
            return CommandLine.ExitCode.USAGE;
        }
        e.printStackTrace(line.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
