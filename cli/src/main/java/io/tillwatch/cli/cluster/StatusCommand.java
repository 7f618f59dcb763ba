package io.tillwatch.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.process.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how each part fares. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says of each part of what up has brought up whether it runs and does its work, and where its log is."
                        + " Exit code 1 if one does not.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions options;

    @Option(names = "--json", description = "Write one line of JSON.")
    private boolean json;

    /**
     * How one part, or one job, fares.
     *
     * @param state ready, not-ready, died or down
     * @param problem null when it is ready
     */
    private record Line(String name, String state, String problem, Long pid, String since, String where, Path log) {}

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.find();
        Path directory = options.directory(home);
        try {
            Optional<ClusterPlan> plan = ClusterPlan.of(directory);
            if (plan.isEmpty()) {
                System.err.println("there is no cluster in " + directory + ": bring one up with ./tillwatch up");
                return 2;
            }
            List<Line> lines = lines(new Cluster(home, directory, plan.get(), line -> {}));
            boolean good = lines.stream().allMatch(line -> line.state().equals("ready"));
            if (json) {
                System.out.println(json(directory, good, lines));
            } else {
                print(directory, lines);
            }
            return good ? 0 : 1;
        } catch (ClusterException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static List<Line> lines(Cluster cluster) throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        for (PartProcess process : cluster.processes()) {
            Optional<ProcessHandle> running = process.running();
            Optional<String> problem = process.problem();
            String state = running.isPresent()
                    ? problem.isPresent() ? "not-ready" : "ready"
                    : process.hasDied() ? "died" : "down";
            lines.add(new Line(
                    process.part().name(),
                    state,
                    problem.orElse(null),
                    running.map(ProcessHandle::pid).orElse(null),
                    running.flatMap(handle -> handle.info().startInstant())
                            .map(Instant::toString)
                            .orElse(null),
                    process.part().where(),
                    process.log()));
        }
        cluster.jobStates()
                .orElse(Map.of())
                .forEach((name, problem) -> lines.add(new Line(
                        "job " + name,
                        problem.isPresent() ? "not-ready" : "ready",
                        problem.orElse(null),
                        null,
                        null,
                        "",
                        null)));
        return lines;
    }

    private static void print(Path directory, List<Line> lines) {
        for (Line line : lines) {
            System.out.printf(
                    "%-24s %-10s %-8s %-9s %s%n",
                    line.name(),
                    line.state(),
                    line.pid() == null ? "" : line.pid(),
                    line.since() == null ? "" : lasted(Instant.parse(line.since())),
                    line.problem() == null ? line.where() : line.problem());
        }
        System.out.println("logs are in " + directory.resolve("logs"));
    }

    private static String lasted(Instant since) {
        Duration duration = Duration.between(since, Instant.now());
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " m"
                : duration.toMinutes() + " m " + duration.toSecondsPart() + " s";
    }

    private static ObjectNode json(Path directory, boolean good, List<Line> lines) {
        ObjectNode all = new ObjectMapper().createObjectNode();
        all.put("good", good).put("directory", directory.toString());
        ArrayNode parts = all.putArray("parts");
        for (Line line : lines) {
            ObjectNode one = parts.addObject().put("name", line.name()).put("state", line.state());
            one.put("problem", line.problem()).put("pid", line.pid()).put("since", line.since());
            one.put("where", line.where())
                    .put("log", line.log() == null ? null : line.log().toString());
        }
        return all;
    }
}
