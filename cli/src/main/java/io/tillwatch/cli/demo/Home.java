package io.tillwatch.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the project's programs were built. */
record Home(Path directory) {

    /** As the launcher says. */
    static Home ofThisProcess() {
        String home = System.getProperty("tillwatch.home");
        if (home == null) {
            throw new DemoFailedException("where Tillwatch was built is not known: start it with ./tillwatch, or set"
                    + " -Dtillwatch.home to the project's directory");
        }
        return new Home(Path.of(home).toAbsolutePath().normalize());
    }

    /** The class path of a module that has its own, away from Flink's. */
    String classPath(String module) {
        Path target = directory.resolve(module).resolve("target");
        return target.resolve("tillwatch-" + module + ".jar") + ":" + target.resolve("lib") + "/*";
    }

    /** What is not built, each with its remedy. */
    List<String> problems(String... modules) {
        List<String> problems = new ArrayList<>();
        for (String module : modules) {
            Path jar = directory.resolve(module).resolve("target").resolve("tillwatch-" + module + ".jar");
            if (!Files.isRegularFile(jar)) {
                problems.add(jar + " is missing: build it with mvn -pl cli -am package");
            }
        }
        return problems;
    }
}
