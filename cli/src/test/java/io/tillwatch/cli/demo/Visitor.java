package io.tillwatch.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Somebody who signs in to the console, so that it has something to count. */
final class Visitor {

    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(WITHIN).build();
    private final URI signIn;

    Visitor(DemoPorts ports) {
        this.signIn = URI.create("http://127.0.0.1:" + ports.console() + "/sign-in");
    }

    /** Whether or not it succeeds: the console may be on its way up or down. */
    void signIn(String token) {
        HttpRequest request = HttpRequest.newBuilder(signIn)
                .timeout(WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("to=/&secret=" + token))
                .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException notUp) {
            // tried again in a second
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
