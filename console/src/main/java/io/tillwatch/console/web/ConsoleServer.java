package io.tillwatch.console.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.javalin.router.Endpoint;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.monitor.ConsoleMetrics;
import io.tillwatch.console.text.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the pages. It is made of a list of {@link Route}s; each asks for its role before its handler is asked, and
 * each POST for the session's CSRF value. There is no other way to add one.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);
    private static final Duration END_WITHIN = Duration.ofSeconds(3);
    private static final int REQUEST_BYTES_MAX = 64 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int THREADS_MAX = 48;
    private static final String LIVE = "/live";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsoleSettings.Web settings;
    private final Sessions sessions;
    private final Templates templates;
    private final Assets assets;
    private final Live live;
    private final List<Route> routes;
    private final SignInPages signIn;
    private final MetricsTokens metricsTokens;
    private final ConsoleMetrics metrics;
    private final Javalin javalin;

    /** Nothing listens yet. */
    ConsoleServer(
            ConsoleSettings.Web settings,
            Sessions sessions,
            Templates templates,
            Live live,
            SignInPages signIn,
            List<Route> pages,
            ConsoleMetrics metrics) {
        this.settings = settings;
        this.sessions = sessions;
        this.templates = templates;
        this.assets = new Assets();
        this.live = live;
        this.signIn = signIn;
        this.routes = List.copyOf(pages);
        this.metricsTokens = new MetricsTokens(settings.metricsTokens());
        this.metrics = metrics;
        this.javalin = Javalin.create(this::configure);
    }

    /** @throws IllegalStateException if it cannot listen: with the address and what to do */
    public void start() {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the console cannot listen at " + settings.host() + ":" + settings.port()
                            + ": stop what listens there, or configure another web.port; or the keystore cannot be read",
                    e);
        }
        live.start();
    }

    /** Where it listens. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return (settings.tls().isPresent() ? "https://" : "http://") + host + ":" + javalin.port();
    }

    /** What can be asked, for tests of who may. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        live.close();
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = REQUEST_BYTES_MAX;
        config.http.generateEtags = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 4);
        threads.setName("web");
        config.jetty.threadPool = threads;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
            http.setRequestHeaderSize(HEADER_BYTES_MAX);
        });
        config.jetty.modifyServer(server -> server.setStopTimeout(END_WITHIN.toMillis()));
        config.jetty.addConnector(this::connector);
        config.requestLogger.http(this::measured);
        config.routes.before(this::secure);
        for (Route route : routes) {
            HandlerType method = route.method() == Route.Method.GET ? HandlerType.GET : HandlerType.POST;
            config.routes.addHttpHandler(method, route.path(), context -> serve(route, context));
        }
        config.routes.get(
                "/assets/{hash}/{name}",
                context -> say(context, null, assets.answer(context.pathParam("hash"), context.pathParam("name"))));
        config.routes.get(SignInPages.PATH, this::signInPage);
        config.routes.post(SignInPages.PATH, this::signIn);
        config.routes.post("/sign-out", this::signOut);
        config.routes.post("/preferences", this::preferences);
        config.routes.before(LIVE, this::letInToLive);
        config.routes.sse(LIVE, client -> {
            String id = client.ctx().cookie(cookieName());
            live.open(client, () -> sessions.peek(id).isPresent());
        });
        config.routes.exception(HttpResponseException.class, (e, context) -> failed(context, e.getStatus()));
        config.routes.exception(Exception.class, (e, context) -> {
            // What was asked for may be in the message of a database's error; the path is not: it is made of
            // identities.
            LOG.error("{} failed: {}", context.endpoint().path, Causes.of(e));
            failed(context, 500);
        });
        config.routes.error(404, context -> failed(context, 404));
    }

    private Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = settings.tls()
                .map(tls -> {
                    SslContextFactory.Server ssl = new SslContextFactory.Server();
                    ssl.setKeyStoreType("PKCS12");
                    ssl.setKeyStorePath(tls.keystore().toUri().toString());
                    ssl.setKeyStorePassword(tls.password());
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
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        if (settings.behindTls()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void serve(Route route, Context context) {
        Optional<Session> session = sessions.find(context.cookie(cookieName()));
        if (route.machines() && session.isEmpty()) {
            serveMachine(route, context);
            return;
        }
        if (route.least().isPresent() && session.isEmpty()) {
            askToSignIn(context);
            return;
        }
        if (route.least().isPresent() && !session.get().may(route.least().get())) {
            say(context, session.get(), new Answer.Page(403, "problem", Map.of("key", "problem.forbidden")));
            return;
        }
        if (route.method() == Route.Method.POST && !isOurs(context, session.orElse(null))) {
            say(context, session.orElse(null), new Answer.Page(403, "problem", Map.of("key", "problem.csrf")));
            return;
        }
        Session known = session.orElse(null);
        say(context, known, route.handler().answer(new Ask(context, known, Viewer.of(context))));
    }

    private void serveMachine(Route route, Context context) {
        if (metricsTokens.holds(context.header("Authorization"))) {
            say(context, null, route.handler().answer(new Ask(context, null, Viewer.of(context))));
        } else {
            context.header("WWW-Authenticate", "Bearer realm=\"tillwatch\"");
            failed(context, 401);
        }
    }

    /** Of how long pages are listened to there is nothing to say. */
    private void measured(Context context, float millis) {
        Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
        if (endpoint == null || !endpoint.path.equals(LIVE)) {
            String route = endpoint == null ? "other" : endpoint.method + " " + endpoint.path;
            metrics.request(route, context.statusCode(), Duration.ofNanos((long) (millis * 1e6)));
        }
    }

    /** A form of ours repeats what only this session's pages were told; another site's request says where it is from. */
    private static boolean isOurs(Context context, Session sessionOrNull) {
        String given = context.formParam("csrf");
        return isFromHere(context)
                && sessionOrNull != null
                && given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        sessionOrNull.csrf().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isFromHere(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean sameOrigin = origin == null || origin.equals("null") || origin.endsWith("://" + context.host());
        return (site == null || site.equals("same-origin") || site.equals("none")) && sameOrigin;
    }

    private void askToSignIn(Context context) {
        if (context.header("HX-Request") != null) {
            context.status(401).header("HX-Redirect", SignInPages.PATH);
        } else if (context.method().equals(HandlerType.GET)) {
            String query = context.queryString() == null ? "" : "?" + context.queryString();
            context.redirect(SignInPages.PATH + "?to=" + PageWords.url(context.path() + query), HttpStatus.SEE_OTHER);
        } else {
            context.redirect(SignInPages.PATH, HttpStatus.SEE_OTHER);
        }
    }

    private void signInPage(Context context) {
        if (sessions.find(context.cookie(cookieName())).isPresent()) {
            context.redirect("/", HttpStatus.SEE_OTHER);
            return;
        }
        say(context, null, signIn.page(200, null, Local.path(context.queryParam("to"))));
    }

    private void signIn(Context context) {
        String to = Local.path(context.formParam("to"));
        if (!isFromHere(context)) {
            say(context, null, signIn.page(403, "signin.elsewhere", to));
            return;
        }
        SignInPages.Result result =
                signIn.signIn(context.formParam("person"), context.formParam("secret"), context.ip());
        if (result instanceof SignInPages.Result.No no) {
            metrics.signIn(no.key().substring(no.key().indexOf('.') + 1));
            say(context, null, signIn.page(no.status(), no.key(), to));
        } else if (result instanceof SignInPages.Result.In in) {
            metrics.signIn("in");
            sessions.end(context.cookie(cookieName()));
            context.cookie(cookie(cookieName(), sessions.begin(in.person(), in.roles(), in.token()), -1, true));
            context.redirect(to, HttpStatus.SEE_OTHER);
        }
    }

    private void signOut(Context context) {
        Optional<Session> session = sessions.peek(context.cookie(cookieName()));
        if (session.isPresent() && isOurs(context, session.get())) {
            sessions.end(context.cookie(cookieName()));
            context.cookie(cookie(cookieName(), "", 0, true));
        }
        context.redirect(SignInPages.PATH, HttpStatus.SEE_OTHER);
    }

    /** Changes nothing but how this browser sees pages, hence without a session. */
    private void preferences(Context context) {
        if (isFromHere(context)) {
            int year = (int) Duration.ofDays(365).toSeconds();
            Optional<Language> language = Language.of(context.formParam("language"));
            language.ifPresent(one -> context.cookie(cookie(Viewer.LANGUAGE_COOKIE, one.tag(), year, true)));
            if (context.formParam("theme") != null) {
                String theme = Viewer.theme(context.formParam("theme")).tag();
                context.cookie(cookie(Viewer.THEME_COOKIE, theme, year, true));
            }
        }
        context.redirect(Local.path(context.formParam("to")), HttpStatus.SEE_OTHER);
    }

    private void letInToLive(Context context) {
        if (sessions.peek(context.cookie(cookieName())).isEmpty()) {
            throw new HttpResponseException(401);
        }
    }

    private String cookieName() {
        return settings.behindTls() ? "__Host-tillwatch" : "tillwatch";
    }

    private Cookie cookie(String name, String value, int maxAgeSeconds, boolean httpOnly) {
        return new Cookie(name, value, "/", maxAgeSeconds, settings.behindTls(), httpOnly, null, SameSite.LAX);
    }

    private void failed(Context context, int status) {
        String key = status == 404 ? "problem.notFound" : status == 401 ? "problem.forbidden" : "problem.failed";
        Session session = sessions.peek(context.cookie(cookieName())).orElse(null);
        say(context, session, new Answer.Page(status, "problem", Map.of("key", key)));
    }

    private void say(Context context, Session sessionOrNull, Answer answer) {
        if (answer instanceof Answer.Page page) {
            Viewer viewer = Viewer.of(context);
            context.status(page.status())
                    .html(templates.write(page.template(), model(context, sessionOrNull, viewer, page), viewer));
        } else if (answer instanceof Answer.Redirect redirect) {
            context.redirect(redirect.to(), HttpStatus.SEE_OTHER);
        } else if (answer instanceof Answer.File file) {
            if (file.forEver()) {
                context.header("Cache-Control", "public, max-age=31536000, immutable");
            }
            if (file.fileNameOrNull() != null) {
                context.header("Content-Disposition", "attachment; filename=\"" + file.fileNameOrNull() + "\"");
            }
            context.contentType(file.contentType()).result(file.text());
        }
    }

    private Map<String, Object> model(Context context, Session sessionOrNull, Viewer viewer, Answer.Page page) {
        Map<String, Object> model = new HashMap<>();
        String query = context.queryString() == null ? "" : "?" + context.queryString();
        model.put("viewer", viewer);
        model.put("languages", List.of(Language.values()));
        model.put("assets", assets.addresses());
        model.put("here", context.path() + query);
        model.put("signedIn", sessionOrNull != null);
        model.put("me", sessionOrNull == null ? "" : sessionOrNull.person());
        model.put("csrf", sessionOrNull == null ? "" : sessionOrNull.csrf());
        for (Role role : Role.values()) {
            model.put("is" + role.name(), sessionOrNull != null && sessionOrNull.may(role));
        }
        boolean whole = context.header("HX-Request") == null;
        model.put("notice", sessionOrNull == null || !whole ? null : sessionOrNull.takeNotice());
        model.put("section", "");
        model.putAll(page.model());
        return model;
    }
}
