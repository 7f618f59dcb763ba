package io.tillwatch.broker;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What a broker keeps in its data directory, and how it is told what to run. */
final class BrokerFiles {

    private static final int TAIL_BYTES_MAX = 16 * 1024;
    private static final int TAIL_LINES_MAX = 40;
    private static final String LOG_CONFIGURATION = "classpath:broker-log4j2.xml";

    private final Path directory;

    BrokerFiles(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the broker's data directory " + directory, e);
        }
    }

    Path directory() {
        return directory;
    }

    Path records() {
        return directory.resolve("records");
    }

    Path portsFile() {
        return directory.resolve("port.properties");
    }

    /** The port an earlier start on this directory listened on, or 0. */
    int rememberedPort() {
        if (!Files.exists(portsFile())) {
            return 0;
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(portsFile())) {
            properties.load(in);
            return Integer.parseInt(properties.getProperty("port", "0").strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokerException("cannot read the broker's port from " + portsFile() + ": delete that file", e);
        }
    }

    void rememberPort(int port) {
        write(portsFile(), Map.of("port", Integer.toString(port)));
    }

    /** Writes the settings of a node that is broker and controller at once; {@code overrides} come last. */
    Path writeSettings(int port, int controllerPort, Map<String, String> overrides) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + Ports.HOST + ":" + controllerPort);
        settings.put(
                "listeners",
                "PLAINTEXT://" + Ports.HOST + ":" + port + ",CONTROLLER://" + Ports.HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + Ports.HOST + ":" + port);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", records().toString());
        // One node cannot hold the three copies that Kafka asks for by default.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // 50 each by default: many open files, and a slower first use and recovery, for a handful of groups.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // After a kill the restarted broker is let in only when its former session has ended.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(overrides);
        Path file = directory.resolve("broker.properties");
        write(file, settings);
        return file;
    }

    /**
     * Writes the JVM's arguments to a file: a class path of many jars can be longer than one argument or environment
     * variable may be.
     */
    Path writeArguments(
            Path settingsFile, Path logFile, int heapMegabytes, List<String> jvmArguments, String classPath) {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Xms" + Math.min(heapMegabytes, 128) + "m");
        arguments.add("-Xmx" + heapMegabytes + "m");
        arguments.add("-XX:+ExitOnOutOfMemoryError");
        arguments.add("-Djava.awt.headless=true");
        arguments.add("-Dlog4j2.configurationFile=" + LOG_CONFIGURATION);
        arguments.add("-Dtillwatch.broker.log=" + logFile);
        arguments.addAll(jvmArguments);
        arguments.add("-cp");
        arguments.add(absolute(classPath));
        arguments.add(BrokerMain.class.getName());
        arguments.add(settingsFile.toString());
        Path file = directory.resolve("broker.args");
        try {
            // The launcher takes the bytes as they are, as it would from the command line.
            Files.writeString(
                    file,
                    arguments.stream().map(BrokerFiles::quoted).collect(Collectors.joining("\n", "", "\n")),
                    Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    /** The broker runs in its data directory, so what is relative to this process's directory has to be made absolute. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void write(Path file, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static long sizeOf(Path logFile) {
        try {
            return Files.exists(logFile) ? Files.size(logFile) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The last lines that were written to the log after its first {@code skipBytes}. */
    static String tail(Path logFile, long skipBytes) {
        try (SeekableByteChannel log = Files.newByteChannel(logFile)) {
            // Smaller than it was: the log was rolled meanwhile, and all of it is new.
            long newFrom = log.size() < skipBytes ? 0 : skipBytes;
            log.position(Math.max(newFrom, log.size() - TAIL_BYTES_MAX));
            String text = new String(Channels.newInputStream(log).readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES_MAX), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
