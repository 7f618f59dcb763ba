package io.tillwatch.notifier.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Posts to one destination. It has threads and connections of its own, so that nothing another destination does, or its name
 * server, can keep it waiting. Redirects are not followed, cookies not kept, and of an answer only the status is read.
 */
public final class Outbound implements AutoCloseable {

    private static final int THREADS_MAX = 8;
    private static final int THREADS_MIN = 1;
    private static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    /** What says that this content will not be taken; all others may be another answer at another time. */
    private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 409, 411, 413, 414, 415, 422, 431);

    private final HttpClient client;
    private final Duration answerWithin;

    /**
     * Connects to nothing yet.
     *
     * @param name of the destination, for threads
     * @param answerWithin for everything, from the look-up of the name to the end of the answer
     */
    public Outbound(String name, AddressRule rule, Authorities authorities, Duration answerWithin, int connectionsMax) {
        this(name, rule, authorities, answerWithin, connectionsMax, Optional.empty());
    }

    /** @param resolver instead of the machine's */
    Outbound(
            String name,
            AddressRule rule,
            Authorities authorities,
            Duration answerWithin,
            int connectionsMax,
            Optional<SocketAddressResolver> resolver) {
        this.answerWithin = answerWithin;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
        threads.setName("to-" + name);
        threads.setDaemon(true);
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("to-" + name + "-timer", true);
        client = new HttpClient();
        client.setSslContextFactory(authorities.client());
        client.setExecutor(threads);
        client.setScheduler(scheduler);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setConnectTimeout(answerWithin.toMillis());
        client.setIdleTimeout(IDLE_MAX.toMillis());
        client.setMaxConnectionsPerDestination(connectionsMax);
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "tillwatch-notifier"));
        client.setSocketAddressResolver(new GuardedResolver(
                resolver.orElseGet(() -> new SocketAddressResolver.Async(threads, scheduler, answerWithin.toMillis())),
                rule));
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client of " + name + " does not start", e);
        }
        client.getContentDecoderFactories().clear();
    }

    /** What comes of posting a body; never fails. */
    public CompletableFuture<Answer> post(URI url, String contentType, byte[] body, Map<String, String> headers) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.newRequest(url)
                .method(HttpMethod.POST)
                .followRedirects(false)
                .timeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                .body(new BytesRequestContent(contentType, body))
                .headers(fields -> headers.forEach(fields::put))
                .send(new Listener(answer));
        return answer;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client does not stop", e);
        }
    }

    /** Content is read and let go, as Jetty does with what nobody listens to. */
    private static final class Listener implements Response.CompleteListener {

        private final CompletableFuture<Answer> answer;

        Listener(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void onComplete(Result result) {
            // A status that came is an answer, even if the rest of it did not.
            int status = result.getResponse() == null ? 0 : result.getResponse().getStatus();
            answer.complete(status > 0 ? ofStatus(status, result.getResponse()) : ofFailure(result.getFailure()));
        }
    }

    private static Answer ofStatus(int status, Response response) {
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        } else if (REFUSALS.contains(status)) {
            return new Answer.Refused(status);
        }
        return new Answer.Unavailable("it answered " + status, retryAfter(response));
    }

    private static Answer ofFailure(Throwable failure) {
        String reason = failure instanceof AddressRefusedException refused
                ? refused.getMessage()
                : failure instanceof TimeoutException ? "it did not answer in time" : kind(failure);
        return new Answer.Unavailable(reason, Optional.empty());
    }

    /** Messages of failures name hosts and addresses; the kind is enough. */
    private static String kind(Throwable failure) {
        return "it was not reached: " + failure.getClass().getSimpleName();
    }

    /** Only seconds; a date would need clocks that agree. */
    private static Optional<Duration> retryAfter(Response response) {
        String text = response.getHeaders().get(HttpHeader.RETRY_AFTER);
        if (text == null || !text.matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return Optional.of(asked.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : asked);
    }
}
