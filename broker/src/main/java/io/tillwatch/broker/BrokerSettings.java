package io.tillwatch.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a broker is run. {@link #in(Path)} gives the defaults, the {@code with} methods changed copies.
 *
 * @param dataDirectory where the records, the port and the generated configuration are kept; made if missing. One
 *     running broker a directory
 * @param port of 127.0.0.1; 0 picks a free one below 32768 at the first start on this directory, which is then kept
 * @param heapMegabytes the broker's largest heap, at least 128
 * @param logFile what the broker prints and logs; appended to, rolled at 20 MB, three rolled files are kept
 * @param startWithin how long it may take to answer after its start, recovery of a killed broker's log included
 * @param stopWithin how long an orderly stop may take before the process is killed
 * @param kafkaSettings Kafka's own broker settings, which win over those given by {@link KafkaBroker}
 * @param jvmArguments for the broker's JVM, after those given by {@link KafkaBroker}
 * @param classPath where the broker's process finds Kafka; this JVM's own if not said otherwise
 */
public record BrokerSettings(
        Path dataDirectory,
        int port,
        int heapMegabytes,
        Path logFile,
        Duration startWithin,
        Duration stopWithin,
        Map<String, String> kafkaSettings,
        List<String> jvmArguments,
        String classPath) {

    private static final int HEAP_MEGABYTES_DEFAULT = 512;
    private static final int HEAP_MEGABYTES_MIN = 128;
    private static final int PORT_MAX = 65_535;

    /** Measured on two cores that others used too: 6 s of processor time to start instead of 12 s. */
    private static final List<String> QUICK_START = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    /** @throws IllegalArgumentException naming every value that is out of bounds, with its remedy */
    public BrokerSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        logFile = logFile.toAbsolutePath().normalize();
        kafkaSettings = Map.copyOf(kafkaSettings);
        jvmArguments = List.copyOf(jvmArguments);
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > PORT_MAX) {
            problems.add("port " + port + " is none: give 1 to " + PORT_MAX + ", or 0 to have a free one picked");
        }
        if (heapMegabytes < HEAP_MEGABYTES_MIN) {
            problems.add("heap of " + heapMegabytes + " MB is too small for Kafka: give " + HEAP_MEGABYTES_MIN
                    + " MB or more");
        }
        if (startWithin.isNegative() || startWithin.isZero()) {
            problems.add("startWithin " + startWithin + " leaves no time to start: give a positive duration");
        }
        if (stopWithin.isNegative()) {
            problems.add("stopWithin " + stopWithin + " is negative: give zero to kill at once, or more");
        }
        if (kafkaSettings.containsKey("log.dirs") || kafkaSettings.containsKey("log.dir")) {
            problems.add("log.dirs is set by the data directory: remove it from the Kafka settings");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** A free port, 512 MB, {@code broker.log} in the data directory, 60 s to start and 10 s to stop. */
    public static BrokerSettings in(Path dataDirectory) {
        return new BrokerSettings(
                dataDirectory,
                0,
                HEAP_MEGABYTES_DEFAULT,
                dataDirectory.resolve("broker.log"),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Map.of(),
                List.of(),
                System.getProperty("java.class.path"));
    }

    public BrokerSettings withPort(int newPort) {
        return new BrokerSettings(
                dataDirectory,
                newPort,
                heapMegabytes,
                logFile,
                startWithin,
                stopWithin,
                kafkaSettings,
                jvmArguments,
                classPath);
    }

    public BrokerSettings withHeapMegabytes(int newHeapMegabytes) {
        return new BrokerSettings(
                dataDirectory,
                port,
                newHeapMegabytes,
                logFile,
                startWithin,
                stopWithin,
                kafkaSettings,
                jvmArguments,
                classPath);
    }

    public BrokerSettings withLogFile(Path newLogFile) {
        return new BrokerSettings(
                dataDirectory,
                port,
                heapMegabytes,
                newLogFile,
                startWithin,
                stopWithin,
                kafkaSettings,
                jvmArguments,
                classPath);
    }

    public BrokerSettings withBounds(Duration newStartWithin, Duration newStopWithin) {
        return new BrokerSettings(
                dataDirectory,
                port,
                heapMegabytes,
                logFile,
                newStartWithin,
                newStopWithin,
                kafkaSettings,
                jvmArguments,
                classPath);
    }

    /** Adds one of Kafka's broker settings, for example {@code log.retention.check.interval.ms}. */
    public BrokerSettings withKafkaSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(kafkaSettings);
        more.put(name, value);
        return new BrokerSettings(
                dataDirectory, port, heapMegabytes, logFile, startWithin, stopWithin, more, jvmArguments, classPath);
    }

    public BrokerSettings withJvmArguments(List<String> newJvmArguments) {
        return new BrokerSettings(
                dataDirectory,
                port,
                heapMegabytes,
                logFile,
                startWithin,
                stopWithin,
                kafkaSettings,
                newJvmArguments,
                classPath);
    }

    /**
     * Starts in about half the time, for brokers that live for minutes: the JVM neither checks Kafka's classes nor
     * compiles them as well as it could. Not for measuring throughput.
     */
    public BrokerSettings withQuickStart() {
        List<String> more = new ArrayList<>(jvmArguments);
        more.addAll(QUICK_START);
        return withJvmArguments(more);
    }

    /** For a program whose own class path cannot hold Kafka's broker. */
    public BrokerSettings withClassPath(String newClassPath) {
        return new BrokerSettings(
                dataDirectory,
                port,
                heapMegabytes,
                logFile,
                startWithin,
                stopWithin,
                kafkaSettings,
                jvmArguments,
                newClassPath);
    }
}
