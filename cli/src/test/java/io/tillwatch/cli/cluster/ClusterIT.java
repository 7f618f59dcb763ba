package io.tillwatch.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.cli.Tillwatch;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distributed form: real processes, brought up, killed, mended, brought down, and brought up again. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClusterIT {

    private static final int PARTITIONS = 2;

    @TempDir
    private Path temporary;

    private Path directory;

    @AfterEach
    void leaveNothingBehind() {
        if (directory != null && Files.isDirectory(directory)) {
            run("down", "--dir", directory.toString());
        }
        assertThat(processes()).as("processes that are left").isEmpty();
    }

    @Test
    void goesOnWhereItWasAfterProcessesWereKilledAndAfterItWasBroughtDown() throws Exception {
        directory = temporary.resolve("cluster");
        int portBase = freePorts();
        String dir = directory.toString();
        assertThat(run(
                        "up",
                        "--dir",
                        dir,
                        "--port-base",
                        Integer.toString(portBase),
                        "--partitions",
                        Integer.toString(PARTITIONS),
                        "--responders",
                        "1"))
                .isZero();
        assertThat(run("status", "--dir", dir)).as("all is ready").isZero();
        assertThat(run("up", "--dir", dir, "--partitions", "3"))
                .as("data are not made anew")
                .isEqualTo(2);
        awaitAlertsBeyond(0, portBase);

        // All at once: the leader of the jobs, one who works for it, what keeps the records, and who moves money.
        for (String part : List.of("jobmanager", "taskmanager-1", "responder-1")) {
            pidOf(part).destroyForcibly();
        }
        pidOf("kafka").children().forEach(ProcessHandle::destroyForcibly);
        pidOf("kafka").onExit().join();
        assertThat(run("status", "--dir", dir)).as("what died is seen").isEqualTo(1);
        assertThat(run("up", "--dir", dir)).as("it is mended").isZero();
        assertThat(run("status", "--dir", dir)).isZero();
        awaitAlertsBeyond(alerts(portBase), portBase);

        assertThat(run("down", "--dir", dir)).isZero();
        assertThat(processes()).isEmpty();
        assertThat(run("status", "--dir", dir)).as("nothing runs").isEqualTo(1);
        assertThat(run("up", "--dir", dir, "kafka")).as("one part alone").isZero();
        assertThat(alerts(portBase)).as("data are kept").isPositive();
        assertThat(run("down", "--dir", dir, "--delete-data")).isZero();
        assertThat(directory).doesNotExist();
    }

    private static int run(String... arguments) {
        return Tillwatch.commandLine().execute(arguments);
    }

    private ProcessHandle pidOf(String part) throws IOException {
        String[] words = Files.readString(directory.resolve("pids").resolve(part + ".pid"))
                .split(" ", 2);
        return ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
    }

    /** Those whose command line names the directory. */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(temporary.toString()))
                        .isPresent())
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static void awaitAlertsBeyond(long count, int portBase) throws Exception {
        long from = System.nanoTime();
        while (alerts(portBase) <= count) {
            assertThat(System.nanoTime() - from)
                    .as("alerts go on beyond " + count)
                    .isLessThan(TimeUnit.MINUTES.toNanos(2));
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** How many revisions of alerts the topic has. */
    private static long alerts(int portBase) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topic.ALERTS.name(Topic.DEFAULT_PREFIX), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + portBase))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static int freePorts() throws IOException {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(20_000, 32_000 - ClusterPlan.PORTS);
            List<ServerSocket> open = new ArrayList<>();
            try {
                for (int port = base; port < base + ClusterPlan.PORTS; port++) {
                    open.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
                }
                return base;
            } catch (IOException taken) {
                // elsewhere, then
            } finally {
                for (ServerSocket socket : open) {
                    socket.close();
                }
            }
        }
    }
}
