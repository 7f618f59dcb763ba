package io.tillwatch.cli.demo;

import io.tillwatch.cli.live.KafkaOptions;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.registry.Wire;
import io.tillwatch.traffic.Windows;
import io.tillwatch.traffic.acquirer.AcquirerSide;
import io.tillwatch.traffic.acquirer.AcquirerUnreachableException;
import io.tillwatch.traffic.acquirer.HttpAcquirerSide;
import io.tillwatch.traffic.feed.Letters;
import io.tillwatch.traffic.run.DayCurve;
import io.tillwatch.traffic.run.FeedWriter;
import io.tillwatch.traffic.run.TrafficRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Only the traffic, into any Kafka. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes payments with known faults into the feeds of any Kafka, as time goes by.",
            "Windows of days are seconds: write the policies that go with it once with --policies, before the jobs start."
        })
public final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private TrafficOptions traffic;

    @Option(
            names = "--acquirer",
            description = "Where an acquirer simulator is told what happens, as http://host:port. What instructions do"
                    + " there is told by the feeds. By default nobody is told.")
    private URI acquirer;

    @Option(
            names = "--run",
            description = "Letters that the payments' identities begin with; by default made of the time, so that no"
                    + " two runs in the same topics meet.")
    private String run;

    @Option(
            names = "--truth",
            description = "A file into which the truth about each payment is written, as JSON lines.")
    private Path truth;

    @Option(names = "--day", defaultValue = "PT24H", description = "How long a day of shops lasts; ${DEFAULT-VALUE}.")
    private Duration day;

    @Option(names = "--policies", description = "Write the policies of the traffic, for all scopes, first.")
    private boolean policies;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>(traffic.problems());
        if (day.compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add("--day is " + day + "; give a second or more, such as PT10M");
        }
        if (run != null && !run.matches("[A-Za-z0-9_.-]{1,40}")) {
            problems.add("--run is not 1 to 40 letters, digits and _ . -");
        }
        RegistrySettings unused = RegistrySettings.of(kafka.clientSettings(), problems);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        Letters letters = new Letters(Wire.of(kafka.clientSettings()), kafka.prefix());
        FeedWriter feeds = new FeedWriter(kafka.clientSettings(), kafka.prefix());
        SimulationLog log = new SimulationLog(truth);
        AcquirerSide told = acquirer == null ? AcquirerSide.nobody() : new HttpAcquirerSide(acquirer);
        TrafficRun simulation = new TrafficRun(plan(), told, feeds, letters, log, Clock.systemUTC());
        OrderlyEnd orderly = OrderlyEnd.of(simulation::close);
        EffectReader effects = EffectReader.start(told, simulation::effect);
        try (orderly;
                log;
                feeds;
                effects;
                simulation) {
            writePolicies(feeds, letters, log);
            if (traffic.seconds != null) {
                simulation.endAfter(Duration.ofSeconds(traffic.seconds).plus(Windows.LONGEST_LIFE));
            }
            simulation.run();
        } catch (AcquirerUnreachableException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        System.out.println(log);
        return log.failed() == 0 ? 0 : 1;
    }

    private TrafficRun.Plan plan() {
        String name = run != null ? run : "s" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Duration lasting = traffic.seconds == null ? null : Duration.ofSeconds(traffic.seconds);
        return new TrafficRun.Plan(traffic.seed, name, traffic.mix(), traffic.rate, DayCurve.lasting(day), lasting);
    }

    private void writePolicies(FeedWriter feeds, Letters letters, SimulationLog log) {
        if (policies) {
            Windows.policies().forEach(policy -> feeds.write(letters.of(policy), log));
            feeds.flush();
        }
    }
}
