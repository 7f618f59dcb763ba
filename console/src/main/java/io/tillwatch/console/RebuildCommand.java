package io.tillwatch.console;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.projection.Database;
import io.tillwatch.console.projection.Projection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the projection anew. A console that runs goes on by itself, from the beginning of the topics. */
@Command(
        name = "rebuild",
        description =
                "Empties the console's tables, so that they are read from the topics again. A console that runs need not"
                        + " be stopped. What the topics no longer keep is then gone from the pages too.",
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, description = "the console's configuration")
    private Path config;

    @Override
    public Integer call() {
        ConsoleSettings.Result result = ConsoleSettings.read(config, System.getenv());
        if (result instanceof ConsoleSettings.Result.Bad bad) {
            bad.problems().forEach(System.err::println);
            return ConsoleMain.BAD_CONFIGURATION;
        }
        ConsoleSettings settings = ((ConsoleSettings.Result.Good) result).settings();
        try (Database database = Database.open(settings.database())) {
            new Projection(database.jdbi()).beginAnew();
        } catch (RuntimeException e) {
            System.err.println("cannot be rebuilt: " + e.getMessage());
            return ConsoleMain.CANNOT_RUN;
        }
        System.out.println("the tables are empty; a console fills them from the topics");
        return 0;
    }
}
