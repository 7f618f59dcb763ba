package io.tillwatch.acquirer;

import io.tillwatch.acquirer.fault.Faults;
import io.tillwatch.acquirer.fault.FaultyExchange;
import io.tillwatch.acquirer.http.FaultFile;
import io.tillwatch.acquirer.http.HttpSide;
import io.tillwatch.acquirer.http.RateLimit;
import io.tillwatch.acquirer.iso.IsoCurrencies;
import io.tillwatch.acquirer.iso.IsoSide;
import io.tillwatch.acquirer.journal.DurableLedger;
import io.tillwatch.acquirer.journal.JournalException;
import io.tillwatch.acquirer.ledger.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the acquirer simulator, and says on one line where it listens: {@code acquirer ready http=PORT iso=PORT}. Runs
 * until it is ended; what it has answered is on disk at every moment.
 */
@Command(
        name = "acquirer",
        mixinStandardHelpOptions = true,
        description = "An acquirer to test against: HTTP and ISO 8583, a durable ledger, faults by seed.")
public final class AcquirerMain implements Callable<Integer> {

    private static final int KILLED = 137;
    private static final int DISK_FAILED = 74;
    private static final int PARENT_IS_GONE = 70;
    private static final int PORT_MAX = 65_535;
    private static final int ISO_DIGITS_MAX = 4;

    @Option(names = "--dir", required = true, description = "Where the ledger is kept; made if it is not there.")
    private Path directory;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Where to listen (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--http-port", defaultValue = "0", description = "0 is any free one (${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(names = "--iso-port", defaultValue = "0", description = "0 is any free one (${DEFAULT-VALUE}).")
    private int isoPort;

    @Option(names = "--seed", defaultValue = "1", description = "Of the faults, until they are set (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--tier",
            paramLabel = "ACQUIRER=TIER",
            description = "A, B or C, for each acquirer; A for those that are not named.")
    private Map<String, Tier> tiers = Map.of();

    @Option(
            names = "--key-retention",
            defaultValue = "PT24H",
            description = "How long keys are remembered, as an ISO 8601 duration (${DEFAULT-VALUE}).")
    private Duration keyRetention;

    @Option(
            names = "--rate",
            defaultValue = "0",
            description = "Requests a second for each acquirer, above which they get 429; 0 is no limit.")
    private int rate;

    @Option(
            names = "--iso-code",
            paramLabel = "CODE=ACQUIRER",
            description = "What stands for an acquirer in DE 32, where that is not its id.")
    private Map<String, String> isoCodes = Map.of();

    @Option(
            names = "--iso-digits",
            paramLabel = "CURRENCY=DIGITS",
            description = "Digits of a currency's minor unit in ISO 8583 messages, where they differ from ISO 4217.")
    private Map<String, Integer> isoDigits = Map.of();

    @Option(names = "--with-parent", description = "Halt when standard input ends, as it does with a parent process.")
    private boolean withParent;

    private final PrintStream out;
    private final PrintStream err;

    AcquirerMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** See {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AcquirerMain(System.out, System.err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            problems.forEach(err::println);
            return 2;
        }
        if (withParent) {
            haltWithParent(System.in);
        }
        Files.createDirectories(directory);
        try {
            return run();
        } catch (JournalException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        port("--http-port", httpPort, problems);
        port("--iso-port", isoPort, problems);
        if (keyRetention.isNegative() || keyRetention.isZero()) {
            problems.add("--key-retention is " + keyRetention + "; give more than zero, such as PT24H");
        }
        if (rate < 0) {
            problems.add("--rate is " + rate + " requests/s; give 0 for no limit, or more");
        }
        isoDigits.forEach((currency, digits) -> {
            if (digits < 0 || digits > ISO_DIGITS_MAX || !isCurrency(currency)) {
                problems.add("--iso-digits " + currency + "=" + digits + "; give an ISO 4217 code and 0 to "
                        + ISO_DIGITS_MAX);
            }
        });
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            problems.add("--dir " + directory + " is a file; give a directory");
        }
        return problems;
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    private static void port(String name, int port, List<String> problems) {
        if (port < 0 || port > PORT_MAX) {
            problems.add(name + " is " + port + "; give 0 to " + PORT_MAX);
        }
    }

    private int run() throws InterruptedException {
        ExecutorService answering = Executors.newFixedThreadPool(8, daemon("answer"));
        ScheduledExecutorService later = Executors.newScheduledThreadPool(2, daemon("later"));
        DurableLedger ledger = new DurableLedger(
                directory, tiers, keyRetention, Clock.systemUTC(), answering, AcquirerMain::diskFailed);
        Faults faults = new Faults(FaultFile.read(directory, seed), ledger.starts());
        FaultyExchange exchange =
                new FaultyExchange(later, () -> Runtime.getRuntime().halt(KILLED));
        try (HttpSide http = new HttpSide(
                        host,
                        httpPort,
                        ledger,
                        faults,
                        new FaultFile(directory, faults),
                        exchange,
                        new RateLimit(rate, System::nanoTime),
                        later);
                IsoSide iso =
                        new IsoSide(host, isoPort, ledger, faults, exchange, new IsoCurrencies(isoDigits), isoCodes)) {
            out.println("acquirer ready http=" + http.port() + " iso=" + iso.port());
            out.flush();
            awaitEnd();
        }
        ledger.close();
        return 0;
    }

    private static void awaitEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "end"));
        ended.await();
    }

    private static void diskFailed(Throwable failure) {
        // Nothing may be answered that is not on disk, so there is nothing left to do.
        System.err.println(failure.getMessage());
        Runtime.getRuntime().halt(DISK_FAILED);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void haltWithParent(InputStream heldByParent) {
        daemon("parent-watcher")
                .newThread(() -> {
                    try {
                        while (heldByParent.read() >= 0) {
                            // Nothing is ever written to it.
                        }
                    } catch (IOException brokenPipe) {
                        // The same news.
                    }
                    Runtime.getRuntime().halt(PARENT_IS_GONE);
                })
                .start();
    }
}
