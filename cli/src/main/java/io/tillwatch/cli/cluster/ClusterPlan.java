package io.tillwatch.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a cluster is made of; settled when it is first brought up, and kept with its data.
 *
 * @param portBase the first of its ports, all of 127.0.0.1
 * @param taskManagers of Flink, each of which has slots for all
 * @param responders side by side
 * @param partitions of each feed
 * @param rate payments per second, on average; 0 for no traffic of its own, and windows of days
 * @param seed of the traffic and of the acquirer simulator
 * @param database URL for JDBC of a PostgreSQL elsewhere; null for one of its own
 * @param user of the database; null with one of its own
 */
record ClusterPlan(
        int portBase,
        int taskManagers,
        int responders,
        int partitions,
        double rate,
        long seed,
        String database,
        String user) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RESPONDERS_FROM = 10;

    static final int RESPONDERS_MAX = 8;
    static final int TASK_MANAGERS_MAX = 8;

    /** How many ports in a row are its own. */
    static final int PORTS = RESPONDERS_FROM + RESPONDERS_MAX;

    /** The plan that a directory was brought up with; empty if it never was. */
    static Optional<ClusterPlan> of(Path directory) {
        Path file = file(directory);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), ClusterPlan.class));
        } catch (IOException e) {
            throw new ClusterException(
                    file + " cannot be read: " + e.getMessage() + ": mend it, or remove " + directory, e);
        }
    }

    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file(directory), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is numbers and texts", e);
        } catch (IOException e) {
            throw new ClusterException(directory + " cannot be written to: " + e.getMessage(), e);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("cluster.json");
    }

    /** What cannot be changed once there are data. */
    ClusterPlan withoutCounts() {
        return new ClusterPlan(portBase, 0, 0, partitions, rate, seed, database, user);
    }

    /** As options say it, without what can be changed later. */
    String options() {
        return "--port-base " + portBase + " --partitions " + partitions + " --rate " + rate + " --seed " + seed
                + (ownsDatabase() ? "" : " --database " + database + " --database-user " + user);
    }

    boolean ownsDatabase() {
        return database == null;
    }

    String databaseUrl() {
        return ownsDatabase() ? "jdbc:postgresql://127.0.0.1:" + postgres() + "/postgres" : database;
    }

    String databaseUser() {
        return ownsDatabase() ? "postgres" : user;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafka();
    }

    int kafka() {
        return portBase;
    }

    int postgres() {
        return portBase + 1;
    }

    int zookeeper() {
        return portBase + 2;
    }

    int flink() {
        return portBase + 3;
    }

    int console() {
        return portBase + 4;
    }

    int acquirerHttp() {
        return portBase + 5;
    }

    int acquirerIso() {
        return portBase + 6;
    }

    /** @param number from 1 */
    int responder(int number) {
        return portBase + RESPONDERS_FROM + number - 1;
    }
}
