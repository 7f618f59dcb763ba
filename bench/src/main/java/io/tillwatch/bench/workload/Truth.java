package io.tillwatch.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is wrong with the payments of a workload. */
public record Truth(Set<Finding> findings) {

    public Truth {
        findings = Set.copyOf(findings);
    }

    /**
     * How what was found compares with it.
     *
     * @param missed is true, and was not found
     * @param spurious was found, and is not true
     */
    public record Score(Set<Finding> missed, Set<Finding> spurious) {}

    public Score score(Set<Finding> found) {
        return new Score(without(findings, found), without(found, findings));
    }

    /** Written a finding a line, in order. */
    public void write(Path file) throws IOException {
        Files.write(
                file, new TreeSet<>(findings).stream().map(Finding::toString).toList());
    }

    public static Truth read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return new Truth(lines.map(Finding::parse).collect(Collectors.toSet()));
        }
    }

    private static Set<Finding> without(Set<Finding> some, Set<Finding> others) {
        return some.stream().filter(finding -> !others.contains(finding)).collect(Collectors.toUnmodifiableSet());
    }
}
