package io.tillwatch.cli.demo;

import io.tillwatch.cli.process.ApiToken;
import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ResponderConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A responder as a process, with a profile of each acquirer of the market as its tier promises. */
final class ResponderProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 100;
    private static final String INSTANCE = "demo";

    private final Service service;
    private final URI uri;
    private final ResponderApi api;

    ResponderProcess(
            Home home, Path directory, DemoPorts ports, String bootstrapServers, URI acquirer, List<ApiToken> tokens) {
        this.uri = URI.create("http://127.0.0.1:" + ports.responder());
        this.api = new ResponderApi(uri);
        this.service = new Service(
                home,
                "responder",
                "io.tillwatch.responder.ResponderMain",
                384,
                directory,
                new ResponderConfig(
                                INSTANCE,
                                bootstrapServers,
                                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres",
                                "postgres",
                                ports.responder(),
                                acquirer,
                                ports.acquirerIso(),
                                tokens)
                        .json());
    }

    void start() throws InterruptedException {
        service.start();
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!api.ready()) {
            service.child().failIfDead();
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("the responder is not ready within " + UP_WITHIN.toSeconds() + " s: see "
                        + uri + "/health/ready, and its log " + service.child().log());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Where its API is. */
    URI uri() {
        return uri;
    }

    ResponderApi api() {
        return api;
    }

    Child child() {
        return service.child();
    }

    @Override
    public void close() {
        service.close();
    }
}
