package io.tillwatch.cli.live;

import io.tillwatch.pulse.PulseSettings;
import io.tillwatch.pulse.PulseWriter;
import io.tillwatch.schemas.topic.Topic;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the pulses that move the clock through quiet hours. */
@Command(
        name = "pulse",
        mixinStandardHelpOptions = true,
        description = "Writes the pulses that move the clock through quiet hours, until it is ended.")
public final class PulseCommand implements Callable<Integer> {

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws InterruptedException {
        List<String> topics = Arrays.stream(Topic.values())
                .filter(Topic::pulsed)
                .map(topic -> topic.name(kafka.prefix()))
                .toList();
        PulseWriter writer = PulseWriter.start(PulseSettings.of(topics), kafka.clientSettings(), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(writer::close));
        System.out.println("writing pulses to " + String.join(", ", topics));
        new CountDownLatch(1).await();
        return 0;
    }
}
