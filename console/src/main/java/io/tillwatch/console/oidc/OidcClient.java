package io.tillwatch.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.serving.oidc.IssuerAway;
import io.tillwatch.serving.oidc.IssuerHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in at an OpenID provider (OpenID Connect Core 1.0, section 3.1; RFC 9700). The tokens go from the issuer to this
 * process, never through the browser. For any number of threads.
 */
public final class OidcClient {

    /** How long somebody may take at the issuer's page. */
    public static final Duration ATTEMPT_MAX = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(OidcClient.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(4);
    /** Issuers should say it, and need not. */
    private static final Duration LIFETIME_IF_NOT_SAID = Duration.ofMinutes(5);

    private final ConsoleSettings.Oidc settings;
    private final Clock clock;
    private final IssuerHttp http = new IssuerHttp(ANSWERS_WITHIN);
    private final io.tillwatch.serving.oidc.Issuer issuer;
    private final TokenEndpoint tokens;
    private final IDTokenValidator idTokens;
    private final AttemptSeal seal;
    private final UsedStates used = new UsedStates();

    public OidcClient(ConsoleSettings.Oidc settings, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.clock = clock;
        this.issuer = new io.tillwatch.serving.oidc.Issuer(settings.issuer(), http, text -> LOG.warn("{}", text));
        this.tokens = new TokenEndpoint(settings, http);
        this.idTokens = new IDTokenValidator(
                new Issuer(settings.issuer().issuer()), new ClientID(settings.client()), issuer.keySelector(), null);
        idTokens.setMaxClockSkew((int) settings.issuer().clockSkew().toSeconds());
        this.seal = new AttemptSeal(random);
    }

    /** What comes of it. */
    public sealed interface Result {
        /**
         * Somebody is to go there.
         *
         * @param sealed what their browser must bring back
         */
        record Go(URI at, String sealed) implements Result {}

        /** @param to where the sign-in leads; blank of a renewal */
        record Given(Grant grant, String to) implements Result {}

        record No(Why why) implements Result {}
    }

    /** Why nobody is signed in. */
    public enum Why {
        /** Not begun by this browser at this console, too long ago, or come back already. */
        NOT_BEGUN_HERE,
        /** The issuer does not let them in, or they did not want to. */
        DENIED,
        /** What came is not what an honest issuer gives for this attempt. */
        NOT_BELIEVED,
        /** The issuer does not answer. */
        AWAY
    }

    /** Asks in the background who the issuer is. */
    public void prepare() {
        issuer.prepare();
    }

    public Result begin(String to) {
        try {
            URI at = issuer.metadata().getAuthorizationEndpointURI();
            if (at == null) {
                return new Result.No(Why.AWAY);
            }
            State state = new State();
            Nonce nonce = new Nonce();
            CodeVerifier verifier = new CodeVerifier();
            URI asked = new AuthenticationRequest.Builder(
                            ResponseType.CODE,
                            Scope.parse(settings.scopes()),
                            new ClientID(settings.client()),
                            settings.redirect())
                    .endpointURI(at)
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256)
                    .build()
                    .toURI();
            Attempt attempt = new Attempt(
                    state.getValue(),
                    nonce.getValue(),
                    verifier.getValue(),
                    to,
                    clock.instant().plus(ATTEMPT_MAX));
            return new Result.Go(asked, seal.seal(attempt));
        } catch (IssuerAway e) {
            return new Result.No(Why.AWAY);
        }
    }

    /**
     * Somebody comes back from the issuer.
     *
     * @param sealedOrNull what their browser brings
     * @param query what the issuer had it ask for
     */
    public Result finish(String sealedOrNull, Map<String, List<String>> query) {
        Optional<Attempt> attempt = seal.open(sealedOrNull)
                .filter(one -> clock.instant().isBefore(one.until()))
                .filter(one -> same(one.state(), only(query, "state")));
        if (attempt.isEmpty() || !used.isFirst(attempt.get().state())) {
            return no(Why.NOT_BEGUN_HERE, "no attempt of this browser");
        }
        try {
            OIDCProviderMetadata metadata = issuer.metadata();
            boolean saysWho = query.containsKey("iss") || metadata.supportsAuthorizationResponseIssuerParam();
            if (saysWho && !only(query, "iss").equals(settings.issuer().issuer())) {
                return no(Why.NOT_BELIEVED, "the answer is of another issuer");
            }
            String code = only(query, "code");
            return code.isEmpty() ? no(Why.DENIED, "the issuer gave no code") : exchange(metadata, code, attempt.get());
        } catch (IssuerAway e) {
            return no(Why.AWAY, "the issuer cannot be asked");
        }
    }

    private Result exchange(OIDCProviderMetadata metadata, String code, Attempt attempt) {
        AuthorizationGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), settings.redirect(), new CodeVerifier(attempt.verifier()));
        try {
            Optional<AccessTokenResponse> response = tokens.ask(metadata, grant);
            if (response.isEmpty()) {
                return no(Why.NOT_BELIEVED, "the code is refused");
            }
            if (!(response.get() instanceof OIDCTokenResponse given)) {
                return no(Why.NOT_BELIEVED, "there is no identity token");
            }
            IDTokenClaimsSet claims = claims(given, new Nonce(attempt.nonce()));
            return new Result.Given(grant(given, null, claims.getSubject().getValue()), attempt.to());
        } catch (IOException | IssuerAway e) {
            return no(Why.AWAY, e.getMessage());
        } catch (BadJOSEException | JOSEException | InvalidHashException e) {
            return no(
                    Why.NOT_BELIEVED,
                    "the identity token is refused: " + e.getClass().getSimpleName());
        }
    }

    /** A new access token for one that ends. {@link Why#DENIED} if there is none for whoever has this one. */
    public Result renew(Grant before) {
        if (before.refreshTokenOrNull() == null) {
            return new Result.No(Why.DENIED);
        }
        AuthorizationGrant grant = new RefreshTokenGrant(new RefreshToken(before.refreshTokenOrNull()));
        try {
            Optional<AccessTokenResponse> response = tokens.ask(issuer.metadata(), grant);
            if (response.isEmpty()) {
                return new Result.No(Why.DENIED);
            }
            // Need not hold an identity token; if it does, that is of the same person (Core, 12.2).
            if (response.get() instanceof OIDCTokenResponse given
                    && given.getOIDCTokens().getIDToken() != null
                    && !claims(given, null).getSubject().getValue().equals(before.subject())) {
                return no(Why.DENIED, "the new token is another person's");
            }
            return new Result.Given(grant(response.get(), before.refreshTokenOrNull(), before.subject()), "");
        } catch (IOException | IssuerAway e) {
            return no(Why.AWAY, e.getMessage());
        } catch (BadJOSEException | JOSEException | InvalidHashException e) {
            return no(
                    Why.DENIED,
                    "the new identity token is refused: " + e.getClass().getSimpleName());
        }
    }

    /** Where somebody signs out at the issuer, too. No token is in it: addresses are written down in many places. */
    public Optional<URI> signOutAt() {
        try {
            return Optional.ofNullable(issuer.metadata().getEndSessionEndpointURI())
                    .map(at -> new LogoutRequest(
                                    at,
                                    null,
                                    null,
                                    new ClientID(settings.client()),
                                    settings.redirect().resolve("/sign-in"),
                                    null,
                                    null)
                            .toURI());
        } catch (IssuerAway e) {
            return Optional.empty();
        }
    }

    private IDTokenClaimsSet claims(OIDCTokenResponse given, Nonce nonceOrNull)
            throws BadJOSEException, JOSEException, InvalidHashException {
        JWT idToken = given.getOIDCTokens().getIDToken();
        IDTokenClaimsSet claims = idTokens.validate(idToken, nonceOrNull);
        if (claims.getAccessTokenHash() != null && idToken.getHeader().getAlgorithm() instanceof JWSAlgorithm by) {
            AccessTokenValidator.validate(given.getOIDCTokens().getAccessToken(), by, claims.getAccessTokenHash());
        }
        return claims;
    }

    private Grant grant(AccessTokenResponse given, String refreshTokenBeforeOrNull, String subject) {
        long seconds = given.getTokens().getAccessToken().getLifetime();
        RefreshToken refresh = given.getTokens().getRefreshToken();
        return Grant.of(
                given.getTokens().getAccessToken().getValue(),
                refresh == null ? refreshTokenBeforeOrNull : refresh.getValue(),
                subject,
                clock.instant(),
                seconds > 0 ? Duration.ofSeconds(seconds) : LIFETIME_IF_NOT_SAID);
    }

    private static Result no(Why why, String what) {
        LOG.warn("nobody is signed in by the issuer: {}", what);
        return new Result.No(why);
    }

    /** What is there once; blank if it is not there, or more often. */
    private static String only(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
