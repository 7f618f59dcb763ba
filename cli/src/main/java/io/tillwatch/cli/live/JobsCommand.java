package io.tillwatch.cli.live;

import io.tillwatch.jobs.local.LocalJobsMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs both jobs on this machine against any Kafka. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = {
            "Runs both Flink jobs in this process against any Kafka, until it is ended.",
            "SIGTERM or Ctrl-C stops them with a savepoint each; a second one ends it at once.",
            "Goes on from its newest savepoint or checkpoint when it is started again. Parallelism may be",
            "another then, and after a savepoint the kind of state too. Exit code 1 if a job has no savepoint.",
            "",
            "  --bootstrap HOST:PORT   Kafka",
            "  --state-dir DIR         where checkpoints and savepoints are kept",
            "  --stop-within PT1M      how long savepoints may take; PT0S for a stop without them",
            "  --state heap|rocksdb    where state is kept; heap",
            "  --parallelism N         of the operators; 1",
            "  --checkpoint-every PT10S, --early-within PT2S, --watermark-every PT0.02S",
            "  --topic-prefix tillwatch., --group-id NAME, --web-port N",
            "  --metrics-port N        metrics in Prometheus' form, on all addresses; none",
            "  --signing-key-id ID --signing-key-file FILE   what commands are signed with (HMAC-SHA-256)",
            "  --writer-schemas DIR    schemas (.avsc) of writers newer than this build",
            "  --kafka.SETTING VALUE   any setting of a Kafka client"
        })
public final class JobsCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        LocalJobsMain.main(arguments.toArray(String[]::new));
        return 0;
    }
}
