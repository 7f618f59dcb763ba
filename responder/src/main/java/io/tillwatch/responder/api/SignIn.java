package io.tillwatch.responder.api;

import io.javalin.http.Context;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides whether a request is let in, by its bearer token (RFC 6750, in the header only) and what its route needs. */
final class SignIn {

    private static final String SCHEME = "Bearer ";
    /** Ours have 53; no point in hashing a header full. */
    private static final int TOKEN_MAX = 512;

    private final Tokens tokens;
    private final SignInLimit limit;

    /** Let in, or not. */
    sealed interface Result {
        /** @param personOrNull null on a route that is open */
        record Let(Person personOrNull) implements Result {}

        record Refused(Problem problem, OptionalLong retryAfterSeconds) implements Result {}
    }

    SignIn(ApiSettings settings, Clock clock) {
        this.tokens = settings.tokens();
        this.limit = new SignInLimit(settings.failedSignInsPerMinute(), Duration.ofMinutes(1), clock);
    }

    Result at(Access access, Context context) {
        return access instanceof Access.Needs needs ? needing(needs.role(), context) : new Result.Let(null);
    }

    private Result needing(Role role, Context context) {
        String header = context.header("Authorization");
        if (header == null) {
            return refused(Code.UNAUTHENTICATED, "Send the header Authorization: Bearer TOKEN.");
        }
        Optional<Person> person = personOf(header);
        if (person.isEmpty()) {
            OptionalLong wait = limit.failed(context.ip());
            if (wait.isPresent()) {
                Problem problem = new Problem(
                        Code.TOO_MANY_SIGN_INS, "Wait " + wait.getAsLong() + " s, and check the token until then.");
                return new Result.Refused(problem, wait);
            }
            return refused(Code.UNAUTHENTICATED, "The token is not known: check it, or ask for a new one.");
        }
        if (!person.get().may(role)) {
            return refused(
                    Code.FORBIDDEN,
                    "This needs the role " + role + "; you have " + person.get().roles() + ".");
        }
        return new Result.Let(person.get());
    }

    private Optional<Person> personOf(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).trim();
        return token.isEmpty() || token.length() > TOKEN_MAX ? Optional.empty() : tokens.personOf(token);
    }

    private static Result refused(Code code, String detail) {
        return new Result.Refused(new Problem(code, detail), OptionalLong.empty());
    }
}
