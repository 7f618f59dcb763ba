package io.tillwatch.micro;

import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.PaymentCodec;
import io.tillwatch.rules.fact.PaymentEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the micro-benchmarks, as {@code ./tillwatch bench micro} starts it. */
@Command(
        name = "tillwatch bench micro",
        mixinStandardHelpOptions = true,
        description = {
            "Measures decoding, the rules, and the writing and reading of state with JMH, and how many bytes of state a payment"
                    + " has. One payment, always in the caches: good for comparing two builds, not for capacity.",
            ""
        })
public final class MicroMain implements Callable<Integer> {

    @Option(
            names = "--forks",
            defaultValue = "2",
            paramLabel = "N",
            description = "JVMs, one after the other; 0 measures in this one, for a look; ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            paramLabel = "N",
            description = "Measured in each JVM, after as many to warm up; ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(
            names = "--millis",
            defaultValue = "1000",
            paramLabel = "MS",
            description = "Of an iteration; ${DEFAULT-VALUE}.")
    private long millis;

    @Option(names = "--only", defaultValue = ".*", paramLabel = "REGEX", description = "Which benchmarks; all.")
    private String only;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new MicroMain()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException {
        if (forks < 0 || iterations < 1 || millis < 1) {
            System.err.println("--forks must be 0 or more, --iterations and --millis 1 or more");
            return 2;
        }
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(HotPath.class.getName() + "\\.(" + only + ")$")
                        .forks(forks)
                        .warmupIterations(iterations)
                        .measurementIterations(iterations)
                        .warmupTime(TimeValue.milliseconds(millis))
                        .measurementTime(TimeValue.milliseconds(millis))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.print(json ? json(results) : table(results));
        return 0;
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s %s, %d cores%n%n| step | ns | ± (99.9 %%) |%n| --- | --- | --- |%n",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors()));
        for (Result<?> result : sorted(results)) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f |%n",
                    result.getLabel(),
                    result.getScore(),
                    result.getScoreError()));
        }
        List<Integer> bytes = stateBytes();
        text.append(String.format(
                Locale.ROOT,
                "%nbytes of state of a payment with one, two, three records: %d, %d, %d%n",
                bytes.get(0),
                bytes.get(1),
                bytes.get(2)));
        return text.toString();
    }

    private static String json(Collection<RunResult> results) {
        String steps = sorted(results).stream()
                .map(result -> String.format(
                        Locale.ROOT,
                        "{\"step\":\"%s\",\"nanos\":%.1f,\"error\":%s}",
                        result.getLabel(),
                        result.getScore(),
                        // One iteration has no error to tell.
                        Double.isNaN(result.getScoreError())
                                ? "null"
                                : String.format(Locale.ROOT, "%.1f", result.getScoreError())))
                .collect(Collectors.joining(","));
        return "{\"micro\":[" + steps + "],\"stateBytes\":" + stateBytes() + "}\n";
    }

    private static List<Result<?>> sorted(Collection<RunResult> results) {
        List<Result<?>> all = new ArrayList<>();
        results.forEach(result -> all.add(result.getPrimaryResult()));
        all.sort(Comparator.comparing(result -> result.getLabel()));
        return all;
    }

    /** Of the payment with its first, its first two, and all three records. */
    static List<Integer> stateBytes() {
        OnePayment payment = new OnePayment();
        List<PaymentEvent> events = payment.events();
        List<Integer> bytes = new ArrayList<>();
        for (int records = 1; records <= events.size(); records++) {
            bytes.add(new Packed<>(new PaymentCodec())
                    .bytes(payment.after(events.subList(0, records)).memory())
                    .length);
        }
        return bytes;
    }
}
