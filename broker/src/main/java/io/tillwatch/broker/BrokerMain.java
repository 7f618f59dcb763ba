package io.tillwatch.broker;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * What runs in the broker's process: formats the storage on the first start, then is Kafka.
 *
 * <p>Its standard input is a pipe that only its parent holds. The pipe ends when the parent does, however that came
 * about, and the broker then halts at once: nobody is left to stop it, and Kafka recovers its log as after a kill. A
 * broker that is paused (SIGSTOP) when its parent is killed notices as soon as it is continued.
 */
public final class BrokerMain {

    private static final int PARENT_IS_GONE = 70;

    private BrokerMain() {}

    /** The one argument is the path of a file of broker settings, which names one {@code log.dirs} directory. */
    public static void main(String[] args) throws IOException {
        haltWithParent(System.in);
        formatOnce(Path.of(args[0]));
        Kafka.main(args);
    }

    private static void haltWithParent(InputStream heldByParent) {
        Thread watcher = new Thread(
                () -> {
                    awaitEnd(heldByParent);
                    Runtime.getRuntime().halt(PARENT_IS_GONE);
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // Nothing is ever written to it.
            }
        } catch (IOException brokenPipe) {
            // The same news.
        }
    }

    /** The tool writes meta.properties last, so a start that was killed half way formats again. */
    private static void formatOnce(Path settingsFile) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = new FileInputStream(settingsFile.toFile())) {
            settings.load(in);
        }
        if (Files.exists(Path.of(settings.getProperty("log.dirs"), "meta.properties"))) {
            return;
        }
        String[] format = {
            "format",
            "--ignore-formatted",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            settingsFile.toString()
        };
        int exitCode = StorageTool.execute(format, System.out);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
