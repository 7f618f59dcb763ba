package io.tillwatch.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What Flink says of its task managers and jobs over HTTP. */
final class FlinkOverview {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI address;

    FlinkOverview(HttpClient http, int port) {
        this.http = http;
        this.address = URI.create("http://127.0.0.1:" + port);
    }

    /** Whether a leader answers. */
    Probe leader() {
        return () -> get("/overview").isPresent() ? Optional.empty() : Optional.of("is not the leader yet");
    }

    /** Whether a task manager with this identity has registered. */
    Probe registered(String taskManager) {
        return () -> {
            for (JsonNode one :
                    get("/taskmanagers").map(all -> all.path("taskmanagers")).orElse(JSON.createArrayNode())) {
                if (one.path("id").asText().equals(taskManager)) {
                    return Optional.empty();
                }
            }
            return Optional.of("has not registered with the job manager yet");
        };
    }

    /** The jobs that are not over, by name, each with what is not as it should be; nothing for one all of whose tasks run. */
    Optional<Map<String, Optional<String>>> jobs() throws InterruptedException {
        Optional<JsonNode> overview = get("/jobs/overview");
        if (overview.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Optional<String>> jobs = new LinkedHashMap<>();
        for (JsonNode job : overview.get().path("jobs")) {
            String state = job.path("state").asText();
            int total = job.path("tasks").path("total").asInt();
            int running = job.path("tasks").path("running").asInt();
            boolean all = state.equals("RUNNING") && total > 0 && running == total;
            if (!state.equals("CANCELED") && !state.equals("FINISHED") && !state.equals("FAILED")) {
                jobs.put(
                        job.path("name").asText(),
                        all ? Optional.empty() : Optional.of(state + ", " + running + " of " + total + " tasks run"));
            }
        }
        return Optional.of(jobs);
    }

    private Optional<JsonNode> get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Probe.PATIENCE)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
