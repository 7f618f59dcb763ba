package io.tillwatch.cli.demo;

import io.tillwatch.cli.process.Home;
import io.tillwatch.traffic.life.Market;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The acquirer simulator as a process: all acquirers of the market behind one HTTP port and one for ISO 8583. */
final class AcquirerProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(60);

    private final Child child;
    private final URI uri;

    AcquirerProcess(Home home, Path directory, DemoPorts ports, long seed) {
        List<String> arguments = new ArrayList<>(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", home.classPath("acquirer")));
        arguments.addAll(List.of(
                "io.tillwatch.acquirer.AcquirerMain",
                "--dir",
                directory.resolve("acquirer").toString(),
                "--http-port",
                Integer.toString(ports.acquirerHttp()),
                "--iso-port",
                Integer.toString(ports.acquirerIso()),
                "--seed",
                Long.toString(seed),
                "--with-parent"));
        for (Market.Acquirer acquirer : Market.acquirers()) {
            arguments.add("--tier");
            arguments.add(acquirer.acquirerId() + "=" + acquirer.tier());
        }
        this.child = new Child("acquirer simulator", arguments, Map.of(), directory.resolve("acquirer.log"));
        this.uri = URI.create("http://127.0.0.1:" + ports.acquirerHttp());
    }

    void start() throws InterruptedException {
        child.start();
        child.awaitPrinted("acquirer ready", UP_WITHIN);
    }

    URI uri() {
        return uri;
    }

    Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
