package io.tillwatch.responder;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.responder.bench.BenchCommand;
import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.http.HttpAcquirer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a responder until it is told to stop. */
@Command(
        name = "responder",
        description = "Turns commands into at most one effect each at the acquirer, and tells what became of them.",
        subcommands = {TokenCommand.class, AuditCommand.class, DoctorCommand.class, BenchCommand.class},
        mixinStandardHelpOptions = true)
public final class ResponderMain implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ResponderMain.class);
    private static final int BAD_CONFIGURATION = 2;
    private static final int CANNOT_RUN = 1;

    @Option(names = "--config", description = "the configuration, YAML or JSON: responder/README.md")
    private Path config;

    public static void main(String[] args) {
        HttpAcquirer.switchOffRetries();
        System.exit(new CommandLine(new ResponderMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (config == null) {
            System.err.println("--config: is missing; give the configuration, as responder/README.md describes it");
            return BAD_CONFIGURATION;
        }
        Map<String, String> environment = System.getenv();
        ResponderSettings.Result result = ResponderSettings.read(config, environment, defaultInstance());
        if (result instanceof ResponderSettings.Result.Bad bad) {
            bad.problems().forEach(problem -> System.err.println(problem));
            return BAD_CONFIGURATION;
        }
        ResponderSettings settings = ((ResponderSettings.Result.Good) result).settings();
        Failpoints failpoints;
        try {
            failpoints = failpoints(environment);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return BAD_CONFIGURATION;
        }
        return run(settings, failpoints);
    }

    private static int run(ResponderSettings settings, Failpoints failpoints) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        Responder responder;
        Optional<PeopleSide> people;
        try {
            responder = new Responder(settings, registry, failpoints);
            people = peopleSide(responder, settings, registry);
        } catch (RuntimeException e) {
            LOG.error("cannot start", e);
            System.err.println("cannot start: " + e.getMessage());
            return CANNOT_RUN;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(
                () -> {
                    people.ifPresent(PeopleSide::close);
                    responder.close();
                    stopped.countDown();
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        responder.start();
        stopped.await();
        return 0;
    }

    /** Listens before anything is done: an instance that people cannot reach, though they should, does not run. */
    private static Optional<PeopleSide> peopleSide(
            Responder responder, ResponderSettings settings, PrometheusMeterRegistry registry) {
        if (settings.api().isEmpty()) {
            return Optional.empty();
        }
        PeopleSide people =
                new PeopleSide(responder, settings.kafka(), settings.api().get(), settings.people(), registry);
        try {
            people.start();
        } catch (RuntimeException e) {
            people.close();
            responder.close();
            throw e;
        }
        return Optional.of(people);
    }

    private static Failpoints failpoints(Map<String, String> environment) {
        String text = System.getProperty(Failpoints.VARIABLE, environment.getOrDefault(Failpoints.VARIABLE, ""));
        return Failpoints.at(text, point -> Runtime.getRuntime().halt(Failpoints.HALTED));
    }

    /** No two that run have the same: the host's, and a few digits by chance. */
    private static String defaultInstance() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            host = "responder";
        }
        return host.substring(0, Math.min(60, host.length())) + ":"
                + ProcessHandle.current().pid() + ":"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
