package io.tillwatch.serving.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import io.tillwatch.identity.IdentityProvider;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of an issuer, when it is asked, and for how long what it said holds: with a real one, over HTTP. */
class IssuerTest {

    private static final String KEYS = "jwks";

    private final IdentityProvider provider = new IdentityProvider("tillwatch");
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Issuer issuer;

    @BeforeEach
    void start() {
        provider.start();
        issuer = issuer(provider.issuer());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private Issuer issuer(String name) {
        return new Issuer(
                new IssuerSettings(name, Duration.ZERO), new IssuerHttp(Duration.ofSeconds(4)), nanos::get, told::add);
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos() + 1);
    }

    private List<? extends Key> keysOf(String token) throws Exception {
        JWSHeader header = header(token);
        return issuer.keySelector().selectJWSKeys(header, null);
    }

    private static JWSHeader header(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader();
    }

    private String token() {
        return provider.token("s-1", "groups", "all");
    }

    @Test
    void isAskedOnceForManyTokens() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(keysOf(token())).hasSize(1);
        }
        assertThat(provider.asked(KEYS)).isEqualTo(1);
        assertThat(issuer.metadata().getTokenEndpointURI().toString()).isEqualTo(provider.issuer() + "/token");
    }

    @Test
    void isAskedAtOnceForAKeyThatIsNotKnownAndNotOnAndOnForMadeUpOnes() throws Exception {
        String before = token();
        assertThat(keysOf(before)).hasSize(1);
        after(Issuer.UNKNOWN_FOR);
        provider.takeAnotherKey();

        assertThat(keysOf(token())).hasSize(1);
        assertThat(keysOf(before)).as("the key that it has no more").isEmpty();
        assertThat(provider.asked(KEYS)).isEqualTo(2);

        provider.takeAnotherKey();
        for (int i = 0; i < 20; i++) {
            assertThat(keysOf(token())).isEmpty();
        }
        assertThat(provider.asked(KEYS)).isEqualTo(2);
        after(Issuer.UNKNOWN_FOR);
        assertThat(keysOf(token())).hasSize(1);
    }

    @Test
    void isKnownForAWhileWhileItIsAwayAndNotForEver() throws Exception {
        String token = token();
        assertThat(keysOf(token)).hasSize(1);
        provider.stop();

        after(Issuer.FRESH_FOR);
        assertThat(keysOf(token)).hasSize(1);
        after(Issuer.KEPT_FOR.minus(Issuer.FRESH_FOR).minusSeconds(1));
        assertThat(keysOf(token)).hasSize(1);
        after(Duration.ofSeconds(2));
        assertThatExceptionOfType(IssuerAway.class).isThrownBy(() -> keysOf(token));

        provider.start();
        after(Issuer.AWAY_FOR);
        assertThat(keysOf(token)).hasSize(1);
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("cannot be asked");
        assertThat(told.get(1)).contains("answers again");
    }

    @Test
    void cannotSayWhetherAKeyIsGoodThatItCannotBeAskedFor() throws Exception {
        assertThat(keysOf(token())).hasSize(1);
        provider.takeAnotherKey();
        String token = token();
        provider.stop();
        after(Issuer.UNKNOWN_FOR);

        assertThatExceptionOfType(IssuerAway.class).isThrownBy(() -> keysOf(token));
        provider.start();
    }

    @Test
    void whatCallsItselfAnotherIsNoIssuer() {
        issuer = issuer(provider.issuer().replace("localhost", "127.0.0.1") + "/");

        assertThatExceptionOfType(IssuerAway.class).isThrownBy(() -> issuer.metadata());
        assertThat(told).singleElement().asString().contains("it calls itself http://127.0.0.1");
    }

    @Test
    void signsWithKeysOfItsOwnOnly() {
        assertThat(Issuer.ALGORITHMS)
                .hasSize(9)
                .allMatch(algorithm -> algorithm.getName().matches("(RS|ES|PS)(256|384|512)"));
    }
}
