package io.tillwatch.responder.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.responder.acquirer.Acquirer;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.serving.http.BoundedBody;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An acquirer that is spoken to in JSON over HTTP/1.1. One call is one request: redirects are not followed, and what the
 * JDK's client would try again by itself is switched off by {@link #switchOffRetries}.
 */
public final class HttpAcquirer implements Acquirer {

    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final String endpoint;
    private final Duration timeout;

    public HttpAcquirer(AdapterSettings.Http settings) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
        this.endpoint = settings.endpoint().toString().replaceAll("/+$", "");
        this.timeout = settings.timeout();
    }

    /**
     * To be called before the JDK's HTTP client is first used, for it reads this once: no second try of a failed connection,
     * none of a request on a connection that turned out to be dead, and none of those kept until they are.
     */
    public static void switchOffRetries() {
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "false");
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    }

    @Override
    public InquiryAnswer inquire(Inquiry inquiry) {
        String key = inquiry.commandId() == null ? null : key(inquiry.commandId());
        return exchange(
                () -> request(
                                inquiry.target(),
                                "/v1/payments/" + encode(inquiry.target().paymentId()) + query(inquiry, key))
                        .GET()
                        .build(),
                (status, body) -> Answers.inquiry(status, body, inquiry, key),
                InquiryAnswer.Unknown::new);
    }

    @Override
    public SendAnswer send(Instruction instruction) {
        String key = key(instruction.commandId());
        return exchange(
                () -> request(instruction.target(), "/v1/instructions")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body(instruction)))
                        .build(),
                (status, body) -> Answers.instruction(status, body, instruction, key),
                SendAnswer.Unknown::new);
    }

    @Override
    public void close() {
        // The JDK's client ends with its last connection.
    }

    /** Makes a request; whatever goes wrong becomes an answer that says nothing. */
    private <T> T exchange(RequestMaker request, BiFunction<Integer, byte[], T> read, Function<String, T> unknown) {
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            answer = client.sendAsync(request.make(), head -> new BoundedBody(BODY_BYTES_MAX));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return unknown.apply("not sent: an identity cannot be written as HTTP allows");
        }
        try {
            // The client's own time-out ends with the head of the answer; this one with the whole.
            HttpResponse<byte[]> whole = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return read.apply(whole.statusCode(), whole.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return unknown.apply("no answer within " + timeout);
        } catch (ExecutionException e) {
            return unknown.apply(e.getCause().getClass().getSimpleName());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return unknown.apply("interrupted");
        }
    }

    private interface RequestMaker {
        HttpRequest make() throws JsonProcessingException;
    }

    private HttpRequest.Builder request(Target target, String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("X-Acquirer-Id", key(target.acquirerId()))
                .header("Accept", "application/json, application/problem+json");
    }

    private static String query(Inquiry inquiry, String key) {
        StringBuilder query = new StringBuilder();
        append(query, "captureId", inquiry.target().captureId());
        append(query, "stan", inquiry.target().stan());
        append(query, "rrn", inquiry.target().rrn());
        append(query, "key", key);
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        if (value != null) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(encode(value));
        }
    }

    private static byte[] body(Instruction instruction) throws JsonProcessingException {
        Target target = instruction.target();
        ObjectNode body = JSON.createObjectNode();
        body.put("action", instruction.action().name());
        body.put("paymentId", target.paymentId());
        put(body, "captureId", target.captureId());
        body.put("amount", instruction.amount());
        body.put("currency", instruction.currency());
        put(body, "merchantId", target.merchantId());
        put(body, "terminalId", target.terminalId());
        put(body, "cardToken", target.cardToken());
        put(body, "stan", target.stan());
        put(body, "rrn", target.rrn());
        put(body, "authCode", target.authCode());
        if (target.authorizedAt() != null) {
            body.put("authorizedAt", target.authorizedAt().toEpochMilli());
        }
        body.put("attempt", instruction.attempt());
        return JSON.writeValueAsBytes(body);
    }

    private static void put(ObjectNode body, String name, String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** As it is, if a header can hold it; else percent-encoded, which two different ones never share. */
    private static String key(String identity) {
        boolean plain = identity.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '%');
        return plain ? identity : encode(identity);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
