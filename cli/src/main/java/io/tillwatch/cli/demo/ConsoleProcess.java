package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The console as a process, with its tables in the responder's database, in a schema of their own. */
final class ConsoleProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(90);

    private final Child child;
    private final URI uri;
    private final Path config;
    private final ObjectNode settings;

    ConsoleProcess(Home home, Path directory, DemoPorts ports, String bootstrapServers) {
        this.uri = URI.create("http://127.0.0.1:" + ports.console());
        this.config = directory.resolve("console.json");
        this.settings = settings(ports, bootstrapServers);
        List<String> arguments = List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                home.classPath("console") + ":" + WithParent.classPath(),
                WithParent.class.getName(),
                "io.tillwatch.console.ConsoleMain",
                "--config",
                config.toString());
        this.child = new Child("console", arguments, Map.of(), directory.resolve("console.log"));
    }

    private static ObjectNode settings(DemoPorts ports, String bootstrapServers) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.putObject("kafka").put("bootstrap", bootstrapServers);
        settings.putObject("database")
                .put("url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres")
                .put("user", "postgres");
        settings.putObject("web").put("port", ports.console());
        settings.putObject("responder").put("url", "http://127.0.0.1:" + ports.responder());
        return settings;
    }

    void start() throws InterruptedException {
        try {
            Files.writeString(config, settings.toPrettyString());
        } catch (IOException e) {
            throw new DemoFailedException(config + " cannot be written: " + e.getMessage(), e);
        }
        child.start();
        child.awaitPrinted("the console is at", UP_WITHIN);
    }

    /** Where its pages are. */
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
