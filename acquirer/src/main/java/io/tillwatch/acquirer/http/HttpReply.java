package io.tillwatch.acquirer.http;

import io.javalin.http.Context;
import io.tillwatch.acquirer.fault.Reply;
import io.tillwatch.acquirer.ledger.DeclineCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Answers one HTTP request. */
final class HttpReply implements Reply<HttpAnswer> {

    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    /** A client that has not given up by then never will. */
    private static final long SILENCE_SECONDS = 60;

    private static final int GARBAGE_BYTES_MAX = 200;

    private final Context ctx;
    private final String about;
    private final Function<DeclineCode, HttpAnswer> decline;
    private final AtomicReference<HttpAnswer> latest;
    private final ScheduledExecutorService later;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    /**
     * A reply.
     *
     * @param decline how a request is declined that the ledger has not seen
     * @param latest the newest answers given, of which a wrong one is taken
     */
    HttpReply(
            Context ctx,
            String about,
            Function<DeclineCode, HttpAnswer> decline,
            AtomicReference<HttpAnswer> latest,
            ScheduledExecutorService later) {
        this.ctx = ctx;
        this.about = about;
        this.decline = decline;
        this.latest = latest;
        this.later = later;
    }

    /** Completes when the server may forget the request. */
    CompletableFuture<Void> finished() {
        return finished;
    }

    @Override
    public void answer(HttpAnswer answer) {
        latest.set(answer);
        send(answer.status(), answer.contentType(), answer.body());
    }

    private void send(int status, String contentType, String body) {
        ctx.status(status).contentType(contentType).result(body);
        finished.complete(null);
    }

    @Override
    public void nothing() {
        var unused = later.schedule(this::hangUp, SILENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void hangUp() {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
        finished.complete(null);
    }

    @Override
    public void half(HttpAnswer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try {
            ctx.res().setStatus(answer.status());
            ctx.res().setContentType(answer.contentType());
            ctx.res().setContentLength(body.length);
            ctx.res().getOutputStream().write(body, 0, body.length / 2);
            ctx.res().flushBuffer();
        } catch (IOException gone) {
            // The client has not waited for it.
        }
        hangUp();
    }

    @Override
    public void garbage(long bits) {
        Random random = new Random(bits);
        byte[] bytes = new byte[random.nextInt(GARBAGE_BYTES_MAX)];
        random.nextBytes(bytes);
        ctx.status(random.nextBoolean() ? 201 : 422).contentType(JSON).result(bytes);
        finished.complete(null);
    }

    @Override
    public void serverError() {
        send(500, PROBLEM, Json.problem(500, "INTERNAL", null));
    }

    @Override
    public void another(HttpAnswer own, boolean otherwiseMatching) {
        HttpAnswer other = latest.get();
        if (other == null || other.about().equals(about)) {
            nothing();
        } else {
            send(other.status(), other.contentType(), other.body());
        }
    }

    @Override
    public void declined(DeclineCode code) {
        HttpAnswer answer = decline.apply(code);
        send(answer.status(), answer.contentType(), answer.body());
    }
}
