package io.tillwatch.console;

import io.tillwatch.console.config.ConsoleSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a console until it is told to stop. */
@Command(
        name = "console",
        description = "Shows operations staff what is wrong with payments, and takes their decisions.",
        subcommands = {RebuildCommand.class, AccountCommand.class},
        mixinStandardHelpOptions = true)
public final class ConsoleMain implements Callable<Integer> {

    static final int BAD_CONFIGURATION = 2;
    static final int CANNOT_RUN = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleMain.class);

    @Option(names = "--config", description = "the configuration, YAML or JSON: console/README.md")
    private Path config;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ConsoleMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (config == null) {
            System.err.println("--config: is missing; give the configuration, as console/README.md describes it");
            return BAD_CONFIGURATION;
        }
        ConsoleSettings.Result result = ConsoleSettings.read(config, System.getenv());
        if (result instanceof ConsoleSettings.Result.Bad bad) {
            bad.problems().forEach(System.err::println);
            return BAD_CONFIGURATION;
        }
        return run(((ConsoleSettings.Result.Good) result).settings());
    }

    private static int run(ConsoleSettings settings) throws InterruptedException {
        Console console;
        try {
            console = new Console(settings, Clock.systemUTC());
            console.start();
        } catch (RuntimeException e) {
            LOG.error("cannot start", e);
            System.err.println("cannot start: " + e.getMessage());
            return CANNOT_RUN;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            console.close();
                            stopped.countDown();
                        },
                        "stop"));
        LOG.info("the console is at {}", console.url());
        stopped.await();
        return 0;
    }
}
