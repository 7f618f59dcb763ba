package io.tillwatch.responder.api;

import io.javalin.http.Context;
import io.tillwatch.responder.oidc.AccessTokens;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import io.tillwatch.serving.oidc.Issuer;
import io.tillwatch.serving.oidc.IssuerHttp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a request is let in, by its bearer token (RFC 6750, in the header only) and what its route needs. The token is
 * one of ours or, where an issuer is configured, one of its.
 */
final class SignIn {

    private static final String SCHEME = "Bearer ";
    /** Ours have 53; no point in hashing a header full. */
    private static final int TOKEN_MAX = 512;

    private static final long ISSUER_RETRY_SECONDS = 2;
    private static final Duration ISSUER_ANSWERS_WITHIN = Duration.ofSeconds(4);
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Tokens tokens;
    private final Optional<Issuer> issuer;
    private final Optional<AccessTokens> accessTokens;
    private final SignInLimit limit;

    /** Let in, or not. */
    sealed interface Result {
        /** @param personOrNull null on a route that is open */
        record Let(Person personOrNull) implements Result {}

        record Refused(Problem problem, OptionalLong retryAfterSeconds) implements Result {}
    }

    SignIn(ApiSettings settings, Clock clock) {
        this.tokens = settings.tokens();
        this.issuer = settings.oidc()
                .map(oidc ->
                        new Issuer(oidc.issuer(), new IssuerHttp(ISSUER_ANSWERS_WITHIN), text -> LOG.warn("{}", text)));
        this.accessTokens = settings.oidc().map(oidc -> new AccessTokens(oidc, issuer.orElseThrow(), clock));
        this.limit = new SignInLimit(settings.failedSignInsPerMinute(), Duration.ofMinutes(1), clock);
    }

    /** Whatever can be known before somebody comes. */
    void prepare() {
        issuer.ifPresent(Issuer::prepare);
    }

    Result at(Access access, Context context) {
        return access instanceof Access.Needs needs ? needing(needs.role(), context) : new Result.Let(null);
    }

    private Result needing(Role role, Context context) {
        String header = context.header("Authorization");
        if (header == null) {
            return refused(Code.UNAUTHENTICATED, "Send the header Authorization: Bearer TOKEN.");
        }
        AccessTokens.Result who = whoseIs(header);
        if (who instanceof AccessTokens.Result.Of of) {
            return of.person().may(role) ? new Result.Let(of.person()) : tooSmall(role, of.person());
        } else if (who instanceof AccessTokens.Result.IssuerIsAway) {
            return new Result.Refused(
                    new Problem(Code.TOKEN_ISSUER_AWAY, "Whether the token is good cannot be said now: try again."),
                    OptionalLong.of(ISSUER_RETRY_SECONDS));
        } else if (who instanceof AccessTokens.Result.Ended) {
            // Was good once, so nobody guesses.
            return refused(Code.UNAUTHENTICATED, "The token has ended: get a new one of its issuer.");
        }
        OptionalLong wait = limit.failed(context.ip());
        return wait.isPresent()
                ? new Result.Refused(
                        new Problem(
                                Code.TOO_MANY_SIGN_INS,
                                "Wait " + wait.getAsLong() + " s, and check the token until then."),
                        wait)
                : refused(Code.UNAUTHENTICATED, "The token is not known: check it, or ask for a new one.");
    }

    private static Result tooSmall(Role role, Person person) {
        return refused(
                Code.FORBIDDEN,
                person.roles().isEmpty()
                        ? "The issuer has you in nothing that is a role here: ask whoever runs it."
                        : "This needs the role " + role + "; you have " + person.roles() + ".");
    }

    private AccessTokens.Result whoseIs(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new AccessTokens.Result.Bad();
        }
        String token = header.substring(SCHEME.length()).trim();
        Optional<Person> ours =
                token.isEmpty() || token.length() > TOKEN_MAX ? Optional.empty() : tokens.personOf(token);
        if (ours.isPresent()) {
            return new AccessTokens.Result.Of(ours.get());
        }
        return accessTokens
                .filter(any -> AccessTokens.mayBeOne(token))
                .map(any -> any.check(token))
                .orElseGet(AccessTokens.Result.Bad::new);
    }

    private static Result refused(Code code, String detail) {
        return new Result.Refused(new Problem(code, detail), OptionalLong.empty());
    }
}
