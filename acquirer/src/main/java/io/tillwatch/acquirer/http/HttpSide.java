package io.tillwatch.acquirer.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.tillwatch.acquirer.fault.Faults;
import io.tillwatch.acquirer.fault.FaultyExchange;
import io.tillwatch.acquirer.journal.DurableLedger;
import java.util.concurrent.ScheduledExecutorService;

/** The HTTP server, from its making to its closing. */
public final class HttpSide implements AutoCloseable {

    private static final long REQUEST_BYTES_MAX = 64L << 20;

    private final Javalin server;

    /**
     * Starts it.
     *
     * @param port 0 for any that is free
     */
    public HttpSide(
            String host,
            int port,
            DurableLedger ledger,
            Faults faults,
            FaultFile faultFile,
            FaultyExchange exchange,
            RateLimit rate,
            ScheduledExecutorService later) {
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.maxRequestSize = REQUEST_BYTES_MAX;
            config.http.compressionStrategy = CompressionStrategy.NONE;
            config.jetty.host = host;
            new AcquirerRoutes(ledger, faults, exchange, rate, later).addTo(config.routes);
            new SimRoutes(ledger, faultFile).addTo(config.routes);
        });
        server.start(port);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
