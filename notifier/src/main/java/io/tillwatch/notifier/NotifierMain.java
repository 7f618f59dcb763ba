package io.tillwatch.notifier;

import io.tillwatch.notifier.config.NotifierSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a notifier until it is told to stop. */
@Command(
        name = "notify",
        description = "Tells others of alerts: Prometheus Alertmanager, and whoever has a webhook.",
        mixinStandardHelpOptions = true)
public final class NotifierMain implements Callable<Integer> {

    private static final int BAD_CONFIGURATION = 2;
    private static final int CANNOT_RUN = 1;
    private static final Logger LOG = LoggerFactory.getLogger(NotifierMain.class);

    @Option(names = "--config", description = "the configuration, YAML or JSON: docs/notifications.md")
    private Path config;

    public static void main(String[] args) {
        System.exit(new CommandLine(new NotifierMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (config == null) {
            System.err.println("--config: is missing; give the configuration, as docs/notifications.md describes it");
            return BAD_CONFIGURATION;
        }
        NotifierSettings.Result result = NotifierSettings.read(config, System.getenv());
        if (result instanceof NotifierSettings.Result.Bad bad) {
            bad.problems().forEach(System.err::println);
            return BAD_CONFIGURATION;
        }
        return run(((NotifierSettings.Result.Good) result).settings());
    }

    private static int run(NotifierSettings settings) throws InterruptedException {
        Notifier notifier;
        try {
            notifier = new Notifier(settings, Clock.systemUTC());
            notifier.start();
        } catch (RuntimeException e) {
            LOG.error("cannot start", e);
            System.err.println("cannot start: " + e.getMessage());
            return CANNOT_RUN;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            notifier.close();
                            stopped.countDown();
                        },
                        "stop"));
        LOG.info("the notifier runs; health and metrics are at port {}", notifier.monitorPort());
        stopped.await();
        return 0;
    }
}
