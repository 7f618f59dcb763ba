package io.tillwatch.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at another JVM's heap with the JDK's own tools. */
final class HeapProbe {

    /** Used bytes of both survivor spaces, eden and the old generation, as jstat heads its columns (KB). */
    private static final Set<String> USED = Set.of("S0U", "S1U", "EU", "OU");

    private HeapProbe() {}

    /** What is alive: has it collect its garbage first. */
    static long liveBytes(long pid) throws InterruptedException {
        run("jcmd", Long.toString(pid), "GC.run");
        List<String> lines = run("jstat", "-gc", Long.toString(pid)).lines().toList();
        String[] names = lines.get(0).strip().split("\\s+");
        String[] values = lines.get(1).strip().split("\\s+");
        double kilobytes = 0;
        for (int i = 0; i < names.length; i++) {
            if (USED.contains(names[i])) {
                kilobytes += Double.parseDouble(values[i]);
            }
        }
        return (long) (kilobytes * 1_024);
    }

    private static String run(String tool, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(command + " cannot be run: it is part of a JDK", e);
        }
    }
}
