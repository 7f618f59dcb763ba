package io.tillwatch.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The project's directory. */
    public Path directory() {
        return directory;
    }

    /** Which of these programs are not built, each with its remedy. */
    public List<String> problems(String... modules) {
        List<String> problems = new ArrayList<>();
        for (String module : modules) {
            if (!isBuilt(module)) {
                problems.add(jar(module) + " is missing, or its libraries are: build it with mvn -pl cli -am package");
            }
        }
        return problems;
    }

    private Path jar(String module) {
        return directory.resolve(module).resolve("target").resolve("tillwatch-" + module + ".jar");
    }

    private boolean isBuilt(String module) {
        return Files.isRegularFile(jar(module)) && Files.isDirectory(libraries(module));
    }

    private Path libraries(String module) {
        return directory.resolve(module).resolve("target").resolve("lib");
    }

    /**
     * The class path of a program: its jar, and the libraries beside it.
     *
     * @param module which has the program
     * @throws IllegalStateException if it is not built
     */
    public String classPath(String module) {
        if (!isBuilt(module)) {
            throw new IllegalStateException(problems(module).get(0));
        }
        return jar(module) + System.getProperty("path.separator") + libraries(module) + "/*";
    }
}
