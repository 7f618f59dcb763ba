package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.process.ApiToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The responder's HTTP API, as a person with a token uses it. */
final class ResponderApi {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int PAGE = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    ResponderApi(URI base) {
        this.base = base;
    }

    /**
     * A command that waits for a person.
     *
     * @param ref names it in a path
     */
    record Waiting(String commandId, String ref, String merchantId, String approvalReason, boolean alertStands) {}

    /** Whether it can do its work. */
    boolean ready() throws InterruptedException {
        try {
            return send(request("/health/ready").build()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The commands that a person can approve now. */
    List<Waiting> waiting(ApiToken as) throws IOException, InterruptedException {
        List<Waiting> waiting = new ArrayList<>();
        for (JsonNode c :
                get(as, "/api/v1/commands?awaitsApproval=true&limit=" + PAGE).path("items")) {
            waiting.add(new Waiting(
                    c.path("commandId").asText(),
                    c.path("ref").asText(),
                    c.path("merchantId").asText(),
                    c.path("approvalReason").asText(),
                    !c.path("withdrawn").asBoolean()
                            && !c.path("alertStatus").asText().equals("CLEARED")));
        }
        return waiting;
    }

    /** The hash of a command's content, which whoever approves it has seen. */
    String contentHash(ApiToken as, Waiting command) throws IOException, InterruptedException {
        return get(as, "/api/v1/commands/" + command.ref()).path("contentHash").asText();
    }

    /** Approves a command; tells how many more persons must. A command that needs none any more needs none. */
    int approve(ApiToken as, Waiting command, String contentHash) throws IOException, InterruptedException {
        JsonNode answer = post(
                as,
                command,
                "approve",
                JSON.createObjectNode().put("contentHash", contentHash).toString());
        return answer.path("needed").asInt() - answer.path("approvals").asInt();
    }

    void reject(ApiToken as, Waiting command, String reason) throws IOException, InterruptedException {
        post(
                as,
                command,
                "reject",
                JSON.createObjectNode().put("reason", reason).toString());
    }

    private JsonNode get(ApiToken as, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(signedIn(as, path).build());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** 409 is the answer to a decision that comes too late, and no failure. */
    private JsonNode post(ApiToken as, Waiting command, String what, String body)
            throws IOException, InterruptedException {
        String path = "/api/v1/commands/" + command.ref() + "/" + what;
        HttpResponse<String> answer = send(signedIn(as, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() != 200 && answer.statusCode() != 409) {
            throw new IOException(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder signedIn(ApiToken as, String path) {
        return request(path).header("Authorization", "Bearer " + as.secret());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER_WITHIN);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
