package io.tillwatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this checkout. */
final class Checkout {

    /** Tests run in the module's directory. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path DEPLOY = ROOT.resolve("deploy");
    static final Path KUBERNETES = DEPLOY.resolve("kubernetes");
    static final Path COMPOSE = DEPLOY.resolve("compose");

    private Checkout() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** All files below a directory whose names match, in the order of their names. */
    static List<Path> files(Path directory, String nameRegex) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.getFileName().toString().matches(nameRegex))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be listed", e);
        }
    }

    /** Of this build: what images are tagged with. */
    static String version() {
        return inRootPom("<artifactId>tillwatch</artifactId>\\s*<version>([^<]+)</version>");
    }

    /** A property of the root's pom.xml. */
    static String property(String name) {
        return inRootPom("<" + Pattern.quote(name) + ">([^<]+)</");
    }

    private static String inRootPom(String regex) {
        Matcher found = Pattern.compile(regex).matcher(text(ROOT.resolve("pom.xml")));
        if (!found.find()) {
            throw new IllegalStateException("pom.xml has no " + regex);
        }
        return found.group(1);
    }

    /** A program of this machine. */
    static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
