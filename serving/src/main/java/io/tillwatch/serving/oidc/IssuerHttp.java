package io.tillwatch.serving.oidc;

import io.tillwatch.serving.http.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an issuer: nowhere else than told, not longer than bearable, and for not more than is sensible. */
public final class IssuerHttp {

    private static final int BYTES_MAX = 1024 * 1024;

    private final Duration within;
    private final HttpClient client;

    /** @param within the whole of a question and its answer */
    public IssuerHttp(Duration within) {
        this.within = within;
        this.client = HttpClient.newBuilder()
                .connectTimeout(within)
                // To follow one would be to believe whoever answers.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * What is there.
     *
     * @throws IOException if there is no answer, or one that is not 200
     */
    byte[] get(URI uri) throws IOException {
        HttpResponse<byte[]> answer = send(
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
        if (answer.statusCode() != 200) {
            throw new IOException("it answers " + answer.statusCode() + " at " + uri.getPath());
        }
        return answer.body();
    }

    /** @throws IOException if there is no answer */
    public HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new BoundedBody(BYTES_MAX));
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause().getClass().getSimpleName(), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + within.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
