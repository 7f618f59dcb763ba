package io.tillwatch.console.responder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.monitor.ConsoleMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the responder, each time with the token of the person on whose behalf it is asked; it has none of its own. Nothing is
 * sent twice by itself.
 */
public final class ResponderClient {

    private static final Logger LOG = LoggerFactory.getLogger(ResponderClient.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ConsoleSettings.Responder settings;
    private final ConsoleMetrics metrics;
    private final HttpClient client;

    /** @param metrics are told what comes of each call */
    public ResponderClient(ConsoleSettings.Responder settings, ConsoleMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.answerWithin())
                .followRedirects(HttpClient.Redirect.NEVER);
        settings.authorities().ifPresent(authorities -> builder.sslContext(believing(authorities)));
        this.client = builder.build();
    }

    private static SSLContext believing(KeyStore authorities) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no TLS", e);
        }
    }

    /** A file as it came. */
    public record Download(String contentType, String text) {}

    /** How an identity stands in a path. */
    public static String ref(String identity) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(identity.getBytes(StandardCharsets.UTF_8));
    }

    /** @param query what is null is left out */
    public Reply get(String token, String path, Map<String, ?> query) {
        Map<String, Object> given = new LinkedHashMap<>(query);
        given.values().removeIf(value -> value == null);
        String asked = given.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue().toString()))
                .collect(Collectors.joining("&"));
        return ask(request(token, path + (asked.isEmpty() ? "" : "?" + asked)).GET());
    }

    public Reply post(String token, String path, Map<String, ?> body) {
        return ask(json(request(token, path)).POST(body(body)));
    }

    public Reply put(String token, String path, Map<String, ?> body) {
        return ask(json(request(token, path)).PUT(body(body)));
    }

    public Reply delete(String token, String path, String name, String value) {
        return ask(request(token, path + "?" + name + "=" + encode(value)).DELETE());
    }

    /** A file; null if there is none for this person, or no answer. */
    public Download download(String token, String path) {
        try {
            HttpResponse<String> answer = send(request(token, path).GET());
            return answer.statusCode() == 200
                    ? new Download(
                            answer.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                            answer.body())
                    : null;
        } catch (IOException e) {
            away(e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(settings.answerWithin())
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(Map<String, ?> body) {
        try {
            return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }

    private Reply ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = send(request);
            Map<String, Object> json = answer.body().isBlank() ? Map.of() : JSON.readValue(answer.body(), OBJECT);
            return answer.statusCode() / 100 == 2
                    ? new Reply.Done(json)
                    : new Reply.Refused(
                            answer.statusCode(),
                            String.valueOf(json.getOrDefault("code", "INTERNAL")),
                            String.valueOf(json.getOrDefault("detail", "")));
        } catch (IOException e) {
            away(e);
            return new Reply.Away();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Away();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        long from = System.nanoTime();
        ConsoleMetrics.Call call = ConsoleMetrics.Call.AWAY;
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            call = answer.statusCode() / 100 == 2
                    ? ConsoleMetrics.Call.DONE
                    : answer.statusCode() < 500 ? ConsoleMetrics.Call.REFUSED : ConsoleMetrics.Call.FAILED;
            return answer;
        } finally {
            metrics.called(call, Duration.ofNanos(System.nanoTime() - from));
        }
    }

    private static void away(IOException e) {
        LOG.warn("the responder does not answer: {}", e.getClass().getSimpleName());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
