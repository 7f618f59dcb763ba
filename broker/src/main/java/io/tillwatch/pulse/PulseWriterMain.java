package io.tillwatch.pulse;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pulse writer as a program: pulses until it is told to stop (SIGTERM, Ctrl-C), and then ends in order. Exit code 2
 * on bad usage.
 */
public final class PulseWriterMain {

    private static final Logger LOG = LoggerFactory.getLogger(PulseWriterMain.class);
    private static final int BAD_USAGE = 2;

    private PulseWriterMain() {}

    public static void main(String[] args) throws InterruptedException {
        PulseWriter writer;
        try {
            PulseArguments arguments = PulseArguments.parse(args);
            writer = PulseWriter.start(arguments.settings(), arguments.clientSettings(), Clock.systemUTC());
            LOG.info("pulsing {}", arguments.settings());
        } catch (IllegalArgumentException | KafkaException badUsage) {
            System.err.println(badUsage.getMessage());
            System.err.println(PulseArguments.USAGE);
            System.exit(BAD_USAGE);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(writer), "stop-pulses"));
        new CountDownLatch(1).await();
    }

    private static void stop(PulseWriter writer) {
        writer.close();
        LOG.info("stopped: {}", writer.counts());
    }
}
