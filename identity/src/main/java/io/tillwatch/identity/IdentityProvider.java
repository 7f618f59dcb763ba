package io.tillwatch.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.TokenRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * An OpenID provider at a port of this machine that it keeps. Whoever signs in at its page is whom they say they are, with the
 * claims that they say. For one test at a time.
 */
public final class IdentityProvider implements AutoCloseable {

    private static final String NAME = "tills";
    private static final int KEY_BITS = 2048;
    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 32_000;
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final String audience;
    private final TokenRules rules = new TokenRules();
    private final Answers answers = new Answers();
    private volatile RSAKey key = key();
    private volatile Duration lifetime = LIFETIME;
    private volatile Map<String, Object> forged = Map.of();
    private int port;
    private MockOAuth2Server server;

    /** @param audience of the access tokens that it gives */
    public IdentityProvider(String audience) {
        this.audience = audience;
    }

    /** Listens, where it did before if it did. */
    public void start() {
        KeyProvider keys = new KeyProvider(List.of()) {
            @Override
            public JWK signingKey(String name) {
                return key;
            }
        };
        OAuth2TokenProvider tokens = new OAuth2TokenProvider(keys, (Instant) null);
        server = new MockOAuth2Server(new OAuth2Config(true, null, null, true, tokens, Set.of(rules)), answers);
        if (port == 0) {
            port = freePort();
        }
        server.start(InetAddress.getLoopbackAddress(), port);
    }

    /** Below those that connections are given, lest one of them has it when this one comes back. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it.
            }
        }
    }

    /** As if it were away: nobody listens. */
    public void stop() {
        server.shutdown();
    }

    public String issuer() {
        return "http://localhost:" + port + "/" + NAME;
    }

    /** Signs with another key from now on, and no longer publishes the one that it had. */
    public void takeAnotherKey() {
        key = key();
    }

    /** With what it publishes; it has the private part. */
    public RSAKey signingKey() {
        return key;
    }

    /** For tokens that it gives from now on; an hour until then. */
    public void giveFor(Duration time) {
        lifetime = time;
    }

    /** Claims that stand in every token that it gives from now on, whatever they should be. */
    public void forge(Map<String, Object> claims) {
        forged = claims;
    }

    /** Whether it refuses to give tokens for refresh tokens. */
    public void refuseToRefresh(boolean refuse) {
        answers.refuseToRefresh(refuse);
    }

    /** How often it was asked for something, by the end of its path, such as {@code token}. */
    public int asked(String path) {
        return answers.asked(path);
    }

    /** What was asked of it, without the bodies: one line each, method and address. */
    public List<String> addresses() {
        return answers.addresses();
    }

    /** The form of the last request for tokens. */
    public String lastTokenForm() {
        return answers.lastTokenForm();
    }

    /** The claims of a good access token of a person. */
    public JWTClaimsSet.Builder claims(String subject) {
        Instant now = Clock.systemUTC().instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString());
    }

    /** A good access token of a person with values of a claim, as if they had signed in. */
    public String token(String subject, String claim, String... values) {
        return sign(claims(subject).claim(claim, List.of(values)).build());
    }

    /** Any claims, with the key that it has now. */
    public String sign(JWTClaimsSet claims) {
        RSAKey now = key;
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(now.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(now));
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
        return token.serialize();
    }

    /** Like one of its own, but that it never published it. */
    public static RSAKey key() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** What stands in its tokens. The person and their claims are those of the sign-in page. */
    private final class TokenRules implements OAuth2TokenCallback {
        @Override
        public String issuerId() {
            return NAME;
        }

        @Override
        public String subject(TokenRequest request) {
            return "nobody";
        }

        @Override
        public String typeHeader(TokenRequest request) {
            return JOSEObjectType.JWT.getType();
        }

        @Override
        public List<String> audience(TokenRequest request) {
            return List.of(audience);
        }

        @Override
        public Map<String, Object> addClaims(TokenRequest request) {
            return new HashMap<>(forged);
        }

        @Override
        public long tokenExpiry() {
            return lifetime.toSeconds();
        }
    }
}
