package io.tillwatch.responder.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import io.tillwatch.serving.oidc.Issuer;
import io.tillwatch.serving.oidc.IssuerAway;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says whose an access token is (RFC 9068, and the JWTs that providers gave before it). The signature is checked first, against
 * the issuer's keys and {@link Issuer#ALGORITHMS} only; then that it is of this issuer, for this API, begun and not ended. For
 * any number of threads.
 */
public final class AccessTokens {

    /** What a token of a person in many groups has at most; headers may not be much longer. */
    private static final int LENGTH_MAX = 12 * 1024;

    private static final int SUBJECT_MAX = 255;

    private final OidcSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** What is known of a token. */
    public sealed interface Result {
        /** @param person without a role if none of the claim's values means one */
        record Of(Person person) implements Result {}

        /** It was good. */
        record Ended() implements Result {}

        record Bad() implements Result {}

        /** Whether it is good cannot be said now. */
        record IssuerIsAway() implements Result {}
    }

    public AccessTokens(OidcSettings settings, Issuer issuer, Clock clock) {
        this.settings = settings;
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        Set.of(settings.audience()),
                        new JWTClaimsSet.Builder()
                                .issuer(settings.issuer().issuer())
                                .build(),
                        Set.of("sub", "exp"),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew((int) settings.issuer().clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
        processor.setJWSKeySelector(issuer.keySelector());
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT, null));
    }

    /** Whether it has the form of one; tokens of our own have not. */
    public static boolean mayBeOne(String token) {
        return token.length() <= LENGTH_MAX
                && token.startsWith("eyJ")
                && token.chars().filter(one -> one == '.').count() == 2;
    }

    public Result check(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String subject = claims.getSubject();
            return subject.isBlank() || subject.length() > SUBJECT_MAX
                    ? new Result.Bad()
                    : new Result.Of(new Person(settings.people().nameOf(subject), roles(claims)));
        } catch (IssuerAway e) {
            return new Result.IssuerIsAway();
        } catch (ExpiredJWTException e) {
            return new Result.Ended();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            // Their messages hold what was sent.
            return new Result.Bad();
        }
    }

    private Set<Role> roles(JWTClaimsSet claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Object value = valueOf(settings.rolesClaim(), claims);
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        for (Object one : values) {
            if (one instanceof String text) {
                roles.addAll(settings.roles().getOrDefault(text, Set.of()));
            }
        }
        return roles;
    }

    /** Null if there is none. Names of claims may hold slashes and points of their own: only one that leads is a pointer. */
    private static Object valueOf(String claim, JWTClaimsSet claims) {
        if (!claim.startsWith("/")) {
            return claims.getClaim(claim);
        }
        Object value = claims.getClaims();
        for (String step : claim.substring(1).split("/")) {
            value = value instanceof Map<?, ?> map
                    ? map.get(step.replace("~1", "/").replace("~0", "~"))
                    : null;
        }
        return value;
    }
}
