package io.tillwatch.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts a broker and goes on: it is there to be killed. */
public final class BrokerHost {

    private BrokerHost() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        KafkaBroker broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        Path pid = directory.resolve("pid.new");
        Files.writeString(pid, Long.toString(broker.pid()));
        // At once: whoever reads it sees all of it.
        Files.move(pid, directory.resolve("pid"));
        new CountDownLatch(1).await();
    }
}
