package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.process.Home;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The console as a process, with its tables in the responder's database, in a schema of their own. */
final class ConsoleProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(90);

    private final Service service;
    private final URI uri;

    /** @param tokens with which its metrics can be read, as the responder's */
    ConsoleProcess(Home home, Path directory, DemoPorts ports, String bootstrapServers, List<ApiToken> tokens) {
        this.uri = URI.create("http://127.0.0.1:" + ports.console());
        this.service = new Service(
                home,
                "console",
                "io.tillwatch.console.ConsoleMain",
                256,
                directory,
                settings(ports, bootstrapServers, tokens));
    }

    private static ObjectNode settings(DemoPorts ports, String bootstrapServers, List<ApiToken> tokens) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.putObject("kafka").put("bootstrap", bootstrapServers);
        settings.putObject("database")
                .put("url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres")
                .put("user", "postgres");
        ObjectNode web = settings.putObject("web").put("port", ports.console());
        ArrayNode metricsTokens = web.putArray("metricsTokens");
        tokens.forEach(token -> metricsTokens.add(token.sha256()));
        settings.putObject("responder").put("url", "http://127.0.0.1:" + ports.responder());
        return settings;
    }

    void start() throws InterruptedException {
        service.start();
        service.child().awaitPrinted("the console is at", UP_WITHIN);
    }

    /** Where its pages are. */
    URI uri() {
        return uri;
    }

    Child child() {
        return service.child();
    }

    @Override
    public void close() {
        service.close();
    }
}
