package io.tillwatch.cli.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that docs/metrics.md names: what stands first in a row of its tables. */
public final class DocumentedMetrics {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-zA-Z0-9_]+)`(.*)$");
    private static final String METRICS = "docs/metrics.md";
    private static final String NOT_ALWAYS = "Not always there";

    private DocumentedMetrics() {}

    public static Set<String> all() {
        return named(METRICS, true);
    }

    /** Those of the notifier too. */
    static Set<String> everywhere() {
        Set<String> names = new TreeSet<>(all());
        names.addAll(named("docs/notifications.md", true));
        return names;
    }

    /** Without those that are only there when there is something to say. */
    public static Set<String> inEveryRun() {
        return named(METRICS, false);
    }

    private static Set<String> named(String document, boolean notAlways) {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(file(document));
        while (row.find()) {
            if (notAlways || !row.group(2).contains(NOT_ALWAYS)) {
                names.add(row.group(1));
            }
        }
        return names;
    }

    /** Of this checkout. */
    private static String file(String name) {
        try {
            return Files.readString(root().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** Tests run in the module's directory. */
    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
