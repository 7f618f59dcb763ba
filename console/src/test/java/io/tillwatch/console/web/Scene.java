package io.tillwatch.console.web;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.given.Parts;
import io.tillwatch.console.given.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A responder and a console as processes, on topics and a database of their own, and people who can sign in. */
final class Scene implements AutoCloseable {

    /** Above it two persons must approve; minor units. */
    static final long FOUR_EYES_ABOVE = 100_000;

    private static final Map<String, String> ROLES =
            Map.of("vera", "VIEWER", "otto", "OPERATOR", "ana", "APPROVER", "bea", "APPROVER", "ada", "ADMIN");

    final Parts.Given parts;
    final String prefix;
    final String database;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final String metricsToken = token();
    private final Path directory;
    private final Path config;
    private final Program responder;
    private final Program console;
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    Scene(Parts.Given parts) throws Exception {
        this.parts = parts;
        this.prefix = parts.newTopics();
        this.database = parts.newDatabase();
        this.directory = Files.createDirectory(parts.directory().resolve("scene-" + prefix));
        ROLES.keySet().forEach(person -> tokens.put(person, token()));
        int responderPort = freePort();
        int port = freePort();
        this.url = "http://127.0.0.1:" + port;
        this.config = Files.writeString(directory.resolve("console.yaml"), """
                kafka: {bootstrap: "%s", topicPrefix: "%s"}
                database: {url: "%s"}
                web: {port: %d, metricsTokens: ["%s"]}
                responder: {url: "http://127.0.0.1:%d"}
                """.formatted(
                        parts.bootstrapServers(), prefix, database, port, sha256(metricsToken), responderPort));
        this.responder = new Program(
                "io.tillwatch.responder.ResponderMain",
                directory.resolve("responder.log"),
                256,
                "--config",
                responderConfig(responderPort).toString());
        this.console = new Program("io.tillwatch.console.ConsoleMain", log(), 256, "--config", config.toString());
        console.awaitPrinted("the console is at " + url);
        responder.awaitPrinted("runs");
    }

    private Path responderConfig(int port) throws IOException {
        String known = tokens.entrySet().stream()
                .map(entry -> "{person: %s, roles: [%s], sha256: %s}"
                        .formatted(entry.getKey(), ROLES.get(entry.getKey()), sha256(entry.getValue())))
                .collect(Collectors.joining(", "));
        return Files.writeString(directory.resolve("responder.yaml"), """
                kafka: {bootstrap: "%s", topicPrefix: "%s"}
                database: {url: "%s"}
                acquirers: {"*": {adapter: http, endpoint: "http://127.0.0.1:1", timeout: PT1S}}
                approval: {fourEyesAbove: %d}
                api: {port: %d, tokens: [%s]}
                """.formatted(
                        parts.bootstrapServers(), prefix, database, FOUR_EYES_ABOVE, port, known));
    }

    String url() {
        return url;
    }

    String token(String person) {
        return tokens.get(person);
    }

    /** With which a machine reads the metrics. */
    String metricsToken() {
        return metricsToken;
    }

    /** Every secret of theirs. */
    Iterable<String> secrets() {
        return tokens.values();
    }

    /** What the console's process has taken at most, in MiB; empty where the system does not tell. */
    OptionalLong consolePeakMebibytes() throws IOException {
        return console.peakMebibytes();
    }

    Path log() {
        return directory.resolve("console.log");
    }

    ConsoleSettings settings() {
        return ((ConsoleSettings.Result.Good) ConsoleSettings.read(config, Map.of())).settings();
    }

    /** Signs in without a browser; the cookie. */
    String cookie(String person) throws Exception {
        HttpResponse<String> answer = post("/sign-in", null, "secret=" + token(person) + "&to=/");
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    HttpResponse<String> get(String path, String cookieOrNull) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path, cookieOrNull);
    }

    HttpResponse<String> post(String path, String cookieOrNull, String form) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                path,
                cookieOrNull);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String path, String cookieOrNull) throws Exception {
        if (cookieOrNull != null) {
            request.header("Cookie", cookieOrNull);
        }
        return client.send(request.uri(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String token() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return "tillwatch_" + HexFormat.of().formatHex(bytes);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        console.close();
        responder.close();
    }
}
