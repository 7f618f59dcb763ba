package io.tillwatch.serving.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.tillwatch.serving.config.SafeUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An OpenID provider: what it says of itself (OpenID Connect Discovery 1.0) and the keys that it signs with now (RFC 7517).
 *
 * <p>Both are asked for when they are first needed, again in the background when they are {@link #FRESH_FOR} old, and at once
 * when a token names a key that is not known: keys are changed without notice. While it is away, what it last said holds for
 * {@link #KEPT_FOR}; then nothing does. One thread asks; of those who need the answer only a few wait, and not for long, so that
 * an issuer that hangs takes nobody's threads away. For any number of threads.
 */
public final class Issuer implements JWKSource<SecurityContext> {

    /** Signatures that only the issuer can make. Whoever could verify an HS one could make it, and anybody can make none. */
    public static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    static final Duration FRESH_FOR = Duration.ofMinutes(10);
    /** The kill switch must be within reach while the issuer is away; a key that was withdrawn must not be good for days. */
    static final Duration KEPT_FOR = Duration.ofHours(4);
    /** A key that it did not have just now is not asked for again: made-up ones would have it asked on and on. */
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /** So long a failure stands for an answer. */
    static final Duration AWAY_FOR = Duration.ofSeconds(2);

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int WAITING_MAX = 8;

    private final IssuerSettings settings;
    private final IssuerHttp http;
    private final LongSupplier nanos;
    private final Consumer<String> told;
    private final Executor executor;
    private final Semaphore waiting = new Semaphore(WAITING_MAX);
    private volatile Facts factsOrNull;
    private CompletableFuture<Facts> askingOrNull;
    private long askedAtNanos;
    private boolean toldAway;

    private record Facts(OIDCProviderMetadata metadata, JWKSet keys, long atNanos) {}

    /** @param told is told, for the log, when it goes away and when it is back */
    public Issuer(IssuerSettings settings, IssuerHttp http, Consumer<String> told) {
        this(settings, http, System::nanoTime, told);
    }

    /** @param nanos a clock that only goes forward */
    Issuer(IssuerSettings settings, IssuerHttp http, LongSupplier nanos, Consumer<String> told) {
        this.settings = settings;
        this.http = http;
        this.nanos = nanos;
        this.told = told;
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "issuer");
                    thread.setDaemon(true);
                    return thread;
                });
        this.executor = one;
    }

    public IssuerSettings settings() {
        return settings;
    }

    /** Asks in the background, so that the first who needs it need not wait. */
    public void prepare() {
        CompletableFuture<Facts> unused = ask();
    }

    /** @throws IssuerAway if it is not known, and cannot be asked */
    public OIDCProviderMetadata metadata() throws IssuerAway {
        return facts().metadata();
    }

    /** The keys that a token may be signed with, of {@link #ALGORITHMS} only. */
    public JWSKeySelector<SecurityContext> keySelector() {
        return new JWSVerificationKeySelector<>(ALGORITHMS, this);
    }

    /**
     * The keys of a kind.
     *
     * @return none if it has no such key
     * @throws IssuerAway if whether it has is not known
     */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext contextOrNull) throws IssuerAway {
        Facts facts = facts();
        List<JWK> found = selector.select(facts.keys());
        return found.isEmpty() && isOlder(facts, UNKNOWN_FOR) ? selector.select(asked().keys()) : found;
    }

    private Facts facts() throws IssuerAway {
        Facts known = factsOrNull;
        if (known == null || isOlder(known, KEPT_FOR)) {
            return asked();
        }
        if (isOlder(known, FRESH_FOR)) {
            prepare();
        }
        return known;
    }

    private boolean isOlder(Facts facts, Duration age) {
        return nanos.getAsLong() - facts.atNanos() > age.toNanos();
    }

    private Facts asked() throws IssuerAway {
        if (!waiting.tryAcquire()) {
            throw new IssuerAway("others wait for its answer already", null);
        }
        try {
            return ask().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IssuerAway("it does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IssuerAway("interrupted", e);
        } finally {
            waiting.release();
        }
    }

    private synchronized CompletableFuture<Facts> ask() {
        long now = nanos.getAsLong();
        boolean open = askingOrNull != null && !askingOrNull.isDone();
        boolean failedJustNow = askingOrNull != null
                && askingOrNull.isCompletedExceptionally()
                && now - askedAtNanos < AWAY_FOR.toNanos();
        if (!open && !failedJustNow) {
            askedAtNanos = now;
            askingOrNull = CompletableFuture.supplyAsync(this::fetch, executor);
        }
        return askingOrNull;
    }

    /** In the one thread. */
    private Facts fetch() {
        try {
            OIDCProviderMetadata metadata = discovered();
            JWKSet keys = JWKSet.parse(text(http.get(metadata.getJWKSetURI())));
            if (keys.isEmpty()) {
                throw new IOException("it has no keys");
            }
            Facts facts = new Facts(metadata, keys, nanos.getAsLong());
            factsOrNull = facts;
            if (toldAway) {
                toldAway = false;
                told.accept("the issuer " + settings.issuer() + " answers again");
            }
            return facts;
        } catch (IOException | ParseException | java.text.ParseException e) {
            if (!toldAway) {
                toldAway = true;
                told.accept("the issuer " + settings.issuer() + " cannot be asked: " + e.getMessage());
            }
            throw new CompletionException(e);
        }
    }

    private OIDCProviderMetadata discovered() throws IOException, ParseException {
        String base = settings.issuer().replaceFirst("/$", "");
        OIDCProviderMetadata metadata =
                OIDCProviderMetadata.parse(text(http.get(URI.create(base + "/.well-known/openid-configuration"))));
        if (!metadata.getIssuer().getValue().equals(settings.issuer())) {
            throw new IOException("it calls itself " + metadata.getIssuer().getValue());
        }
        refuseInTheClear("jwks_uri", metadata.getJWKSetURI());
        refuseInTheClear("authorization_endpoint", metadata.getAuthorizationEndpointURI());
        refuseInTheClear("token_endpoint", metadata.getTokenEndpointURI());
        refuseInTheClear("end_session_endpoint", metadata.getEndSessionEndpointURI());
        return metadata;
    }

    private static void refuseInTheClear(String name, URI uriOrNull) throws IOException {
        if (uriOrNull != null && !SafeUrl.isSafe(uriOrNull)) {
            throw new IOException("its " + name + " is no https URL");
        }
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
