package io.tillwatch.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts JVMs. */
final class Launch {

    private Launch() {}

    /**
     * Starts one that outlives this process and its terminal.
     *
     * @param arguments of the java command
     * @param log to which its output is appended
     */
    static ProcessHandle detached(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        // Both become the JVM, so the process that is started is the one that stays.
        found("setsid").or(() -> found("nohup")).ifPresent(command::add);
        command.addAll(java(arguments));
        return start(command, log).toHandle();
    }

    /** Starts one, waits for its end, and tells its exit code. */
    static int andWait(List<String> arguments, Path log) throws InterruptedException {
        return start(java(arguments), log).waitFor();
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return command;
    }

    private static Process start(List<String> command, Path log) {
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Meant for this JVM; some of it, such as a debugger's port, cannot be had twice.
            builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
            return builder.start();
        } catch (IOException e) {
            throw new ClusterException(command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static Optional<String> found(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
