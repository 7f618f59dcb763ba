package io.tillwatch.responder.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server of the people's side. Each route is let in by {@link SignIn} before its handler is asked; there is no other
 * way to add one. Every answer that is not what was asked for is a problem as RFC 9457 writes it, with a stable code.
 *
 * <p>Is started once. {@link #close} lets what is under way end.
 */
public final class ApiServer implements AutoCloseable {

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);
    private static final int THREADS_MAX = 32;
    private static final int THREADS_MIN = 4;
    /** A reference to a command may be long: three identities, in UTF-8, in base64url. */
    private static final int HEADER_BYTES_MAX = 16 * 1024;

    private final ApiSettings settings;
    private final SignIn signIn;
    private final Health health;
    private final List<Route> routes;
    private final Javalin javalin;

    /** Nothing listens yet. */
    public ApiServer(ApiSettings settings, Services services, Clock clock) {
        this.settings = settings;
        this.signIn = new SignIn(settings, clock);
        this.health = new Health(services.health());
        this.routes = List.copyOf(Routes.of(services, health));
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Listens.
     *
     * @throws IllegalStateException if it cannot: with the address and what to do
     */
    public void start() {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the API cannot listen at " + settings.host() + ":" + settings.port()
                            + ": stop what listens there, or configure another api.port; or the keystore cannot be read",
                    e);
        }
        signIn.prepare();
    }

    /** Where it listens. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return (settings.tls().isPresent() ? "https://" : "http://") + host + ":" + javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
        health.close();
    }

    Javalin javalin() {
        return javalin;
    }

    List<Route> routes() {
        return routes;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = settings.requestBytesMax();
        config.http.prefer405over404 = true;
        config.http.generateEtags = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
        threads.setName("api");
        config.jetty.threadPool = threads;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyHttpConfiguration(ApiServer::quiet);
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(END_WITHIN.toMillis());
            server.setErrorHandler((request, response, callback) -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
                byte[] body = Json.write(Failures.ofStatus(response.getStatus()).body());
                response.write(true, ByteBuffer.wrap(body), callback);
                return true;
            });
        });
        config.jetty.addConnector(this::connector);
        for (Route route : routes) {
            config.routes.addHttpHandler(
                    route.method(), route.path(), context -> serve(route, context), route.access());
        }
        config.routes.before(this::secure);
        config.routes.exception(HttpResponseException.class, (e, context) -> say(context, Failures.of(e)));
        config.routes.exception(
                Exception.class, (e, context) -> say(context, Failures.of(context.method() + " of a route", e)));
    }

    private static void quiet(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES_MAX);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = settings.tls()
                .map(tls -> {
                    SslContextFactory.Server ssl = new SslContextFactory.Server();
                    ssl.setKeyStoreType("PKCS12");
                    ssl.setKeyStorePath(tls.keystore().toUri().toString());
                    ssl.setKeyStorePassword(tls.password());
                    // One certificate for whatever name leads here.
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(
                            server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
                })
                .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MAX.toMillis());
        return connector;
    }

    private void secure(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Cache-Control", "no-store");
        if (settings.tls().isPresent()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void serve(Route route, Context context) {
        SignIn.Result result = signIn.at(route.access(), context);
        if (result instanceof SignIn.Result.Refused refused) {
            refused.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
            if (refused.problem().code() == Code.UNAUTHENTICATED) {
                context.header("WWW-Authenticate", "Bearer realm=\"tillwatch\"");
            }
            say(context, refused.problem());
        } else if (result instanceof SignIn.Result.Let let) {
            try {
                say(context, answer(route, context, let));
            } catch (HttpResponseException e) {
                throw e;
            } catch (RuntimeException e) {
                say(context, Failures.of(route.method() + " " + route.path(), e));
            }
        }
    }

    private static Answer answer(Route route, Context context, SignIn.Result.Let let) {
        boolean json = context.contentType() != null && context.isJson();
        boolean hasBody = context.contentLength() != 0 && route.takesBody();
        if (hasBody && !json) {
            return Answer.refused(Code.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json.");
        }
        return route.handler().answer(new Request(context, let.personOrNull()));
    }

    private static void say(Context context, Answer answer) {
        if (answer instanceof Answer.Json json) {
            context.status(json.status()).contentType("application/json").result(Json.write(json.value()));
        } else if (answer instanceof Answer.Text text) {
            text.headers().forEach(context::header);
            context.status(text.status()).contentType(text.contentType()).result(text.text());
        } else if (answer instanceof Answer.Refused refused) {
            say(context, refused.problem());
        }
    }

    private static void say(Context context, Problem problem) {
        context.status(problem.code().status())
                .contentType(Problem.CONTENT_TYPE)
                .result(Json.write(problem.body()));
    }
}
