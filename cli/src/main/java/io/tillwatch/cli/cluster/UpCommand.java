package io.tillwatch.cli.cluster;

import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the distributed form up on this machine, or what of it does not run. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the whole system up on this machine as separate processes that go on when this command has ended:"
                    + " Kafka, PostgreSQL, ZooKeeper, a Flink job manager and task managers, responders, the console, an"
                    + " acquirer simulator, and traffic with known faults.",
            "What runs already is left alone, so this also mends what died. Data are kept: what was brought down goes on"
                    + " where it was. See status and down."
        })
public final class UpCommand implements Callable<Integer> {

    private static final int PORT_MAX = 65_535;
    private static final int PORT_BASE_DEFAULT = 17_400;
    private static final double RATE_MAX = 5_000;
    private static final double RATE_DEFAULT = 5;
    private static final int PARTITIONS_MAX = 1_024;

    @Mixin
    private ClusterOptions options;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "The first of the " + ClusterPlan.PORTS
                    + " ports in a row of 127.0.0.1 that are listened on; " + PORT_BASE_DEFAULT + ".")
    private Integer portBase;

    @Option(names = "--task-managers", description = "Of Flink, each with room for both jobs; 2.")
    private Integer taskManagers;

    @Option(names = "--responders", description = "Side by side; 2.")
    private Integer responders;

    @Option(names = "--partitions", description = "Of each feed; 12.")
    private Integer partitions;

    @Option(
            names = "--rate",
            description = "Payments per second of traffic whose windows of days are seconds; 5. With 0 there is no"
                    + " traffic, and windows are those of real payments.")
    private Double rate;

    @Option(names = "--seed", description = "Of the traffic and of the acquirer simulator; 1.")
    private Long seed;

    @Option(
            names = "--database",
            description = "The JDBC URL of a PostgreSQL to use instead of one of its own; the password is taken from"
                    + " TILLWATCH_DATABASE_PASSWORD.")
    private String database;

    @Option(names = "--database-user", description = "Whom to connect to --database as; tillwatch.")
    private String databaseUser;

    @Parameters(arity = "0..*", paramLabel = "PART", description = "Start only these, as status names them.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.find();
        Path directory = options.directory(home);
        try {
            FileLock lock = ClusterOptions.lock(directory);
            try (lock) {
                return up(home, directory);
            }
        } catch (ClusterException e) {
            System.err.println(e.getMessage());
            System.err.println("What was started goes on: ./tillwatch down stops it");
            return 1;
        }
    }

    private int up(Home home, Path directory) throws InterruptedException {
        Optional<ClusterPlan> before = ClusterPlan.of(directory);
        ClusterPlan plan = plan(before);
        List<String> problems = problems(home, directory, before, plan);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            return 2;
        }
        plan.write(directory);
        Cluster cluster = new Cluster(home, directory, plan, System.out::println);
        long from = System.nanoTime();
        cluster.up(names);
        System.out.printf("up after %.1f s%n", (System.nanoTime() - from) / 1e9);
        if (names.isEmpty()) {
            System.out.println("  sign in to the console with a token of "
                    + cluster.secrets().tokensFile() + ", which only you can read");
            System.out.println("  data and logs are in " + directory);
            System.out.println("  ./tillwatch status says how it fares, ./tillwatch down stops it");
        }
        return 0;
    }

    private ClusterPlan plan(Optional<ClusterPlan> before) {
        ClusterPlan base = before.orElse(new ClusterPlan(PORT_BASE_DEFAULT, 2, 2, 12, RATE_DEFAULT, 1, null, null));
        String url = database == null ? base.database() : database;
        String user = databaseUser == null ? base.user() : databaseUser;
        return new ClusterPlan(
                portBase == null ? base.portBase() : portBase,
                taskManagers == null ? base.taskManagers() : taskManagers,
                responders == null ? base.responders() : responders,
                partitions == null ? base.partitions() : partitions,
                rate == null ? base.rate() : rate,
                seed == null ? base.seed() : seed,
                url,
                url != null && user == null ? "tillwatch" : user);
    }

    private List<String> problems(Home home, Path directory, Optional<ClusterPlan> before, ClusterPlan plan) {
        List<String> problems = new ArrayList<>();
        bounds("--port-base", plan.portBase(), 1, PORT_MAX - ClusterPlan.PORTS + 1, problems);
        bounds("--task-managers", plan.taskManagers(), 1, ClusterPlan.TASK_MANAGERS_MAX, problems);
        bounds("--responders", plan.responders(), 1, ClusterPlan.RESPONDERS_MAX, problems);
        bounds("--partitions", plan.partitions(), 1, PARTITIONS_MAX, problems);
        if (!(plan.rate() >= 0 && plan.rate() <= RATE_MAX)) {
            problems.add("--rate is " + plan.rate() + " payments/s; give 0 to " + RATE_MAX);
        }
        if (plan.ownsDatabase() && databaseUser != null) {
            problems.add("--database-user goes with --database: give both, or neither");
        }
        if (!plan.ownsDatabase() && !plan.database().startsWith("jdbc:postgresql:")) {
            problems.add("--database does not begin with jdbc:postgresql: give the URL of a PostgreSQL");
        }
        if (!plan.ownsDatabase() && System.getenv("TILLWATCH_DATABASE_PASSWORD") == null) {
            problems.add("TILLWATCH_DATABASE_PASSWORD is not set: give the password of --database-user in it");
        }
        before.filter(old -> !old.withoutCounts().equals(plan.withoutCounts()))
                .ifPresent(old -> problems.add("the cluster in " + directory + " was made with " + old.options()
                        + ": leave these options out, or give another --dir; only --task-managers and --responders can"
                        + " be changed later"));
        if (problems.isEmpty()) {
            List<String> known = parts(home, directory, plan);
            names.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> problems.add(name + " is no part: there are " + String.join(", ", known)));
        }
        problems.addAll(home.problems("acquirer", "responder", "console"));
        if (problems.isEmpty() && before.isEmpty()) {
            IntStream.range(plan.portBase(), plan.portBase() + ClusterPlan.PORTS)
                    .filter(port -> !isFree(port))
                    .forEach(port -> problems.add("port " + port
                            + " of 127.0.0.1 is taken: stop what listens there, or give another --port-base"));
        }
        return problems;
    }

    private static List<String> parts(Home home, Path directory, ClusterPlan plan) {
        return new Cluster(home, directory, plan, line -> {})
                .processes().stream().map(process -> process.part().name()).toList();
    }

    private static void bounds(String option, int value, int min, int max, List<String> problems) {
        if (value < min || value > max) {
            problems.add(option + " is " + value + ": give " + min + " to " + max);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
