package io.tillwatch.cli.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long an alert takes: from the append of the record that makes it true, or from the deadline that has
 * passed, to the moment at which a consumer can read it.
 */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the time from a record or a deadline to the readable alert, on a real broker, with checkpoints every"
                    + " ten seconds. Several rates and places of state are measured one after the other, each in a new"
                    + " system. Says what was sent in fact, and what was not yet judged when it ended.",
            ""
        })
public final class LatencyCommand implements Callable<Integer> {

    private static final int BATCH_MAX = 10_000_000;

    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Records per second, one or several; ${DEFAULT-VALUE}.")
    private List<Double> rates;

    @Option(
            names = "--state",
            split = ",",
            defaultValue = "heap",
            paramLabel = "STATE",
            description = "Where the jobs keep their state, heap or rocksdb or both; ${DEFAULT-VALUE}.")
    private List<String> states;

    @Option(
            names = "--batch",
            defaultValue = "0",
            paramLabel = "N",
            description = "So many settlements, of payments captured before, arrive at once in the middle of it;"
                    + " ${DEFAULT-VALUE} for none.")
    private int batch;

    @Option(names = "--seconds", defaultValue = "60", description = "How long to measure; ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "30", description = "Seconds before measuring; ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(names = "--seed", defaultValue = "1", description = "Of the traffic; ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        List<Measured> measured = new ArrayList<>();
        for (String state : states) {
            for (double rate : rates) {
                measured.add(
                        new LatencyRun(new Load(state.equals("rocksdb"), rate, warmUpSeconds, seconds, batch, seed))
                                .measure());
            }
        }
        System.out.print(json ? LatencyReport.json(measured) + "\n" : LatencyReport.table(measured));
        return 0;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (seconds < 1 || warmUpSeconds < 0) {
            problems.add("--seconds must be above 0, --warm-up not below");
        }
        rates.stream().filter(rate -> !(rate > 0)).forEach(rate -> problems.add("--rate: " + rate + " is not above 0"));
        states.stream()
                .filter(state -> !List.of("heap", "rocksdb").contains(state))
                .forEach(state -> problems.add("--state: there is no " + state + "; give heap or rocksdb"));
        if (batch < 0 || batch > BATCH_MAX) {
            problems.add("--batch: " + batch + " is not in 0.." + BATCH_MAX);
        }
        return problems;
    }
}
