package io.tillwatch.responder.cards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Says card numbers to an API in everything that a request has: each field of each body that the description knows, fields
 * that it does not know, bodies that are none, each parameter of query and path, and the headers.
 */
final class ApiPlants {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;
    private final Map<String, String> tokenByRole;
    private final String ref;
    private final String caseId;
    private final CardScan scan;
    private int said;

    /**
     * @param ref of a command that waits for a person
     * @param caseId of its case
     */
    ApiPlants(URI api, Map<String, String> tokenByRole, String ref, String caseId, CardScan scan) {
        this.api = api;
        this.tokenByRole = tokenByRole;
        this.ref = ref;
        this.caseId = caseId;
        this.scan = scan;
    }

    /** How many requests with a card number were made. */
    int said() {
        return said;
    }

    void plantAll(List<String> numbers) throws IOException, InterruptedException {
        JsonNode paths;
        try (InputStream in = ApiPlants.class.getResourceAsStream("/openapi/responder.yaml")) {
            paths = new ObjectMapper(new YAMLFactory()).readTree(in).path("paths");
        }
        for (String number : numbers) {
            for (var path : paths.properties()) {
                for (var method : path.getValue().properties()) {
                    plant(number, path.getKey(), method.getKey().toUpperCase(java.util.Locale.ROOT), method.getValue());
                }
            }
            rawRequests(number);
        }
    }

    private void plant(String number, String path, String method, JsonNode operation)
            throws IOException, InterruptedException {
        String role = operation.path("x-role").asText();
        String real = path.replace("{ref}", ref).replace("{caseId}", caseId);
        JsonNode example = operation.at("/requestBody/content/application~1json/example");
        if (example instanceof ObjectNode body) {
            for (var field : body.properties()) {
                ObjectNode planted = body.deepCopy();
                boolean numeric = field.getValue().isNumber();
                if (numeric) {
                    planted.put(field.getKey(), Long.parseLong(CardScan.digitsOnly(toAscii(number))));
                } else {
                    planted.put(field.getKey(), number);
                }
                assertThat(send(role, method, real, planted.toString()))
                        .as("%s %s with a card number as %s", method, path, field.getKey())
                        .isBetween(400, 499);
            }
            assertThat(send(
                            role,
                            method,
                            real,
                            body.deepCopy().put(number, number).toString()))
                    .isEqualTo(400);
            assertThat(send(role, method, real, number)).isEqualTo(400);
            assertThat(send(role, method, real, "{\"text\": " + number + "\"")).isEqualTo(400);
        }
        if (path.contains("{")) {
            String encoded =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(number.getBytes(StandardCharsets.UTF_8));
            for (String planted : List.of(encode(number), encoded)) {
                String unreal = path.replaceAll("\\{[a-zA-Z]+}", planted);
                assertThat(send(role, method, unreal, example.isMissingNode() ? null : example.toString()))
                        .as(method + " " + path)
                        // The body is looked at before its case: the example may name a person who is not known.
                        .isIn(404, 422);
            }
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("query") || parameter.has("$ref")) {
                String name = parameter.path("name").asText("after");
                assertThat(send(role, method, real + "?" + name + "=" + encode(number), null))
                        .isLessThan(500);
            }
        }
        if (method.equals("GET")) {
            send(role, method, real + "?" + encode(number) + "=1", null);
            send(role, method, real + "/" + encode(number), null);
        }
    }

    private static String toAscii(String number) {
        StringBuilder ascii = new StringBuilder();
        number.codePoints()
                .filter(point -> Character.digit(point, 10) >= 0)
                .forEach(point -> ascii.append(Character.digit(point, 10)));
        return ascii.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private int send(String role, String method, String path, String bodyOrNull)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + tokenByRole.getOrDefault(role, tokenByRole.get("ADMIN")))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        bodyOrNull == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(bodyOrNull))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        said++;
        assertThat(scan.finds(answer.body())).as("the answer to " + method).isFalse();
        return answer.statusCode();
    }

    /** What no client writes by itself: all headers, and requests that are none. */
    private void rawRequests(String number) throws IOException {
        String headers =
                "Host: " + api.getAuthority() + "\r\nConnection: close\r\nUser-Agent: " + number + "\r\nCookie: c="
                        + number + "\r\nReferer: http://x/" + number + "\r\nX-Forwarded-For: " + number + "\r\nAccept: "
                        + number
                        + "\r\nX-Request-Id: " + number + "\r\nContent-Type: " + number + "\r\n";
        String ok = "Authorization: Bearer " + tokenByRole.get("ADMIN") + "\r\n";
        raw("GET /api/v1/me HTTP/1.1\r\n" + headers + ok + "\r\n");
        raw("POST /api/v1/cases HTTP/1.1\r\n" + headers + ok + "Content-Length: " + number.length() + "\r\n\r\n"
                + number);
        raw("GET /api/v1/me HTTP/1.1\r\n" + headers + "Authorization: Bearer " + number + "\r\n\r\n");
        raw("GET /api/v1/me HTTP/1.1\r\n" + headers + "Authorization: " + number + "\r\n\r\n");
        raw("GET /api/v1/me?access_token=" + number.replace(" ", "%20") + " HTTP/1.1\r\n" + headers + "\r\n");
        raw("GET / HTTP/1.1\r\nConnection: close\r\nHost: " + number + "\r\n\r\n");
        raw(number + " / HTTP/1.1\r\nHost: x\r\n\r\n");
        raw("GET /" + number + " " + number + "\r\n\r\n");
        raw("GET /api/v1/me HTTP/1.1\r\nHost: x\r\n" + number + "\r\n\r\n");
        raw("POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + number + "\r\n\r\n");
    }

    private void raw(String request) throws IOException {
        try (Socket socket = new Socket(api.getHost(), api.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            said++;
            assertThat(scan.finds(socket.getInputStream().readAllBytes()))
                    .as("the answer to a request by hand")
                    .isFalse();
        }
    }
}
