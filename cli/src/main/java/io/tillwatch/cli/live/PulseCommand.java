package io.tillwatch.cli.live;

import io.tillwatch.pulse.PulseMonitor;
import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the pulses that move the clock through quiet hours. */
@Command(
        name = "pulse",
        mixinStandardHelpOptions = true,
        description = "Writes the pulses that move the clock through quiet hours, until it is ended.")
public final class PulseCommand implements Callable<Integer> {

    private static final int PORT_MAX = 65_535;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--monitor-port",
            paramLabel = "PORT",
            description = "Where health and metrics are, on all addresses; nowhere by default.")
    private Integer monitorPortOrNull;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (monitorPortOrNull != null && (monitorPortOrNull < 0 || monitorPortOrNull > PORT_MAX)) {
            System.err.println("--monitor-port: " + monitorPortOrNull + " is not in 0.." + PORT_MAX);
            return 2;
        }
        List<String> topics = Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(topic -> topic.name(kafka.prefix()))
                .toList();
        PulseWriter writer = PulseWriter.start(PulseSettings.of(topics), kafka.clientSettings(), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(writer::close));
        System.out.println("writing pulses to " + String.join(", ", topics));
        if (monitorPortOrNull != null) {
            PulseMonitor monitor = PulseMonitor.start(monitorPortOrNull, writer::counts, Clock.systemUTC());
            System.out.println("health and metrics are at port " + monitor.port());
        }
        new CountDownLatch(1).await();
        return 0;
    }
}
