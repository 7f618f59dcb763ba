package io.tillwatch.cli.growth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.growth.Grown.Checkpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Flink tells of its jobs over HTTP. Its answers are a few seconds old. */
final class FlinkRest {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String address;

    FlinkRest(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** Whether this many jobs are there and each of their tasks runs. */
    boolean allTasksRun(int jobs) throws InterruptedException {
        Optional<JsonNode> overview = get("/jobs/overview");
        int running = 0;
        for (JsonNode job : overview.map(o -> o.path("jobs")).orElse(json.createArrayNode())) {
            JsonNode tasks = job.path("tasks");
            int total = tasks.path("total").asInt();
            running += total > 0 && tasks.path("running").asInt() == total ? 1 : 0;
        }
        return running == jobs;
    }

    /** The newest checkpoint of each job, if each has one that was triggered after this time. */
    Optional<Checkpoints> checkpointsAfter(long millis, int jobs) throws InterruptedException {
        long state = 0;
        long written = 0;
        long tookMillis = 0;
        List<String> ids = jobIds();
        for (String id : ids) {
            JsonNode newest = get("/jobs/" + id + "/checkpoints")
                    .map(all -> all.path("latest").path("completed"))
                    .orElse(json.nullNode());
            if (newest.path("trigger_timestamp").asLong() <= millis) {
                return Optional.empty();
            }
            state += newest.path("state_size").asLong();
            written += newest.path("checkpointed_size").asLong();
            tookMillis = Math.max(tookMillis, newest.path("end_to_end_duration").asLong());
        }
        return ids.size() == jobs
                ? Optional.of(new Checkpoints(state, written, Duration.ofMillis(tookMillis)))
                : Optional.empty();
    }

    private List<String> jobIds() throws InterruptedException {
        List<String> ids = new ArrayList<>();
        get("/jobs")
                .ifPresent(all ->
                        all.path("jobs").forEach(job -> ids.add(job.path("id").asText())));
        return ids;
    }

    /** The answer, or nothing while Flink is not there yet. */
    private Optional<JsonNode> get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(json.readTree(response.body())) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
