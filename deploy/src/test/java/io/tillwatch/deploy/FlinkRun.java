package io.tillwatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code flink run} of the jobs' jar in a process that has nothing but what a Flink distribution has: no Kafka, no Avro,
 * nothing of Tillwatch. The job's jar is loaded by Flink's own class loader, as on a cluster.
 */
final class FlinkRun implements AutoCloseable {

    /** Jars beside Flink's own that its distribution holds, too. */
    private static final String WITH_FLINK = "(commons|kryo|reflectasm|minlog|objenesis|RoaringBitmap|snakeyaml-engine"
            + "|snappy-java|lz4-java|javassist|async-profiler|jsr305|slf4j|log4j|frocksdbjni|hash4j).*\\.jar";

    private static final int STOP_SECONDS = 10;

    private final Path log;
    private final Process process;

    /** @param configuration lines of Flink's config.yaml */
    FlinkRun(Path directory, String entryClass, List<String> configuration, List<String> args) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("config.yaml"), configuration);
        log = directory.resolve("flink.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.add("-cp");
        command.add(distribution());
        command.addAll(List.of("org.apache.flink.client.cli.CliFrontend", "run", "--target", "local", "--class"));
        command.add(entryClass);
        command.add(jar().toString());
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("FLINK_CONF_DIR", directory.toString());
        process = builder.start();
    }

    /** What it printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static Path jar() {
        List<Path> jars = Checkout.files(Checkout.ROOT.resolve("jobs/target"), "tillwatch-jobs-.*-flink\\.jar");
        if (jars.size() != 1) {
            throw new AssertionError("the build made " + jars + ", and one was wanted");
        }
        return jars.get(0);
    }

    private static String distribution() {
        return Checkout.files(Checkout.ROOT.resolve("cli/target/lib"), ".*\\.jar").stream()
                .filter(jar -> {
                    String name = jar.getFileName().toString();
                    // Flink's streams are made of the one connector that it brings.
                    return name.startsWith("flink-connector-datagen-")
                            || name.startsWith("flink-") && !name.startsWith("flink-connector-")
                            || name.matches(WITH_FLINK);
                })
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }
}
