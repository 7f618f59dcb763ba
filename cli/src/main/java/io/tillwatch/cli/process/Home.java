package io.tillwatch.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's directory, in which each program lies with what it needs beside it. */
public final class Home {

    /** The system property by which the launcher says where it is. */
    public static final String PROPERTY = "tillwatch.home";

    private final Path directory;

    private Home(Path directory) {
        this.directory = directory;
    }

    /**
     * The directory that the launcher named, else the nearest one above the working directory with the launcher in it.
     *
     * @throws IllegalStateException if there is none
     */
    public static Home find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Home(Path.of(named).toAbsolutePath().normalize());
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.isRegularFile(above.resolve("tillwatch")) && Files.isRegularFile(above.resolve("pom.xml"))) {
                return new Home(above);
            }
        }
        throw new IllegalStateException(
                "the project's directory is not above " + Path.of("").toAbsolutePath()
                        + ": start this with ./tillwatch, or say where it is with -D" + PROPERTY);
    }

    /**
     * The class path of a program: its jar, and the libraries beside it.
     *
     * @param module which has the program
     * @throws IllegalStateException if it is not built
     */
    public String classPath(String module) {
        Path target = directory.resolve(module).resolve("target");
        Path jar = target.resolve("tillwatch-" + module + ".jar");
        Path libraries = target.resolve("lib");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            throw new IllegalStateException(
                    "there is no " + jar + " with its libraries: build it with mvn -pl " + module + " -am package");
        }
        return jar + System.getProperty("path.separator") + libraries + "/*";
    }
}
