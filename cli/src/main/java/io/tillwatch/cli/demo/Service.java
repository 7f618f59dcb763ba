package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of our programs that serve people, as a process: configured by a file, which is written when it starts. */
final class Service implements AutoCloseable {

    private final Child child;
    private final Path config;
    private final ObjectNode settings;

    /**
     * Prepares it; nothing runs yet.
     *
     * @param name of its module, and of its files in the directory of the run
     * @param mainClass which takes {@code --config FILE}
     */
    Service(Home home, String name, String mainClass, int heapMegabytes, Path directory, ObjectNode settings) {
        this.config = directory.resolve(name + ".json");
        this.settings = settings;
        List<String> arguments = List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                home.classPath(name) + ":" + WithParent.classPath(),
                WithParent.class.getName(),
                mainClass,
                "--config",
                config.toString());
        this.child = new Child(name, arguments, Map.of(), directory.resolve(name + ".log"));
    }

    void start() {
        try {
            Files.writeString(config, settings.toPrettyString());
        } catch (IOException e) {
            throw new DemoFailedException(config + " cannot be written: " + e.getMessage(), e);
        }
        child.start();
    }

    Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
