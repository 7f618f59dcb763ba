package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.jobs.local.LocalJobsMain;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Both jobs in a Flink cluster in a process of their own, with Flink's web page. */
final class FlinkProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(120);
    private static final int JOBS = 2;
    private static final long POLL_MILLIS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Child child;
    private final URI uri;

    FlinkProcess(Path directory, DemoPorts ports, String bootstrapServers) {
        List<String> arguments = new ArrayList<>(List.of("-Xmx1g", "-XX:+UseSerialGC"));
        // Flink reaches into the JDK: what this JVM was allowed, that one needs too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(arguments::add);
        arguments.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WithParent.class.getName(),
                LocalJobsMain.class.getName(),
                "--bootstrap",
                bootstrapServers,
                "--parallelism",
                "2",
                "--checkpoint-every",
                "PT5S",
                "--state",
                "heap",
                "--state-dir",
                directory.resolve("checkpoints").toString(),
                // A demo does not go on later.
                "--stop-within",
                "PT0S",
                "--web-port",
                Integer.toString(ports.flink()),
                "--metrics-port",
                Integer.toString(ports.metrics())));
        this.child = new Child("Flink jobs", arguments, Map.of(), directory.resolve("flink.log"));
        this.uri = URI.create("http://127.0.0.1:" + ports.flink());
    }

    void start() throws InterruptedException {
        child.start();
        child.awaitPrinted("running:", UP_WITHIN);
        awaitRunning();
    }

    /** Until all tasks of both jobs run, records only wait for them. */
    private void awaitRunning() throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (running(client) < JOBS) {
            child.failIfDead();
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException(
                        "the jobs do not run within " + UP_WITHIN.toSeconds() + " s: look at " + uri);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private long running(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/jobs/overview"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            long running = 0;
            for (JsonNode job : JSON.readTree(answer.body()).path("jobs")) {
                JsonNode tasks = job.path("tasks");
                boolean all =
                        tasks.path("running").asInt() == tasks.path("total").asInt();
                running += all && job.path("state").asText().equals("RUNNING") ? 1 : 0;
            }
            return running;
        } catch (IOException notYet) {
            return 0;
        }
    }

    URI uri() {
        return uri;
    }

    Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
