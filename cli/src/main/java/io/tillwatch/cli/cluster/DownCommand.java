package io.tillwatch.cli.cluster;

import io.tillwatch.cli.live.Directories;
import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops what was brought up. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops what up has brought up, or some parts of it. Data are kept unless told otherwise.")
public final class DownCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions options;

    @Option(names = "--delete-data", description = "Delete the directory with all data and logs afterwards.")
    private boolean deleteData;

    @Parameters(arity = "0..*", paramLabel = "PART", description = "Stop only these, as status names them.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.find();
        Path directory = options.directory(home);
        if (!Files.isDirectory(directory)) {
            System.err.println("there is no cluster in " + directory + ": bring one up with ./tillwatch up");
            return 2;
        }
        if (deleteData && !names.isEmpty()) {
            System.err.println("--delete-data goes with no PART: the data are everybody's");
            return 2;
        }
        try {
            FileLock lock = ClusterOptions.lock(directory);
            try (lock) {
                if (!stop(home, directory)) {
                    return 2;
                }
            }
        } catch (ClusterException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        if (deleteData) {
            Directories.delete(directory);
            System.out.println("stopped; the data are deleted");
        } else if (names.isEmpty()) {
            System.out.println("stopped; the data are kept in " + directory);
        }
        return 0;
    }

    /** False if there is something wrong with what it was told to stop. */
    private boolean stop(Home home, Path directory) throws InterruptedException {
        Optional<ClusterPlan> plan = ClusterPlan.of(directory);
        if (plan.isPresent()) {
            Cluster cluster = new Cluster(home, directory, plan.get(), System.out::println);
            List<String> known = cluster.processes().stream()
                    .map(process -> process.part().name())
                    .toList();
            List<String> unknown =
                    names.stream().filter(name -> !known.contains(name)).toList();
            if (!unknown.isEmpty()) {
                System.err.println(
                        String.join(", ", unknown) + ": no such part; there are " + String.join(", ", known));
                return false;
            }
            cluster.down(names);
        }
        return true;
    }
}
