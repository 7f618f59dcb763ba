package io.tillwatch.console.given;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A program of the project as a process, on this test's class path. */
public final class Program implements AutoCloseable {

    private final Process process;
    private final Path log;

    public Program(String mainClass, Path log, int heapMegabytes, String... arguments) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public String printed() throws IOException {
        return Files.readString(log);
    }

    /** Waits until it has printed something; fails with all that it has printed if it ends before. */
    public void awaitPrinted(String text) {
        Await.until(text + " in " + log, () -> {
            if (!process.isAlive() && !printed().contains(text)) {
                throw new IllegalStateException("it ended with " + process.exitValue() + ":\n" + printed());
            }
            return printed().contains(text);
        });
    }

    /** The most memory it ever had, all of it counted, in MiB; empty where the system does not tell. */
    public OptionalLong peakMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }

    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
