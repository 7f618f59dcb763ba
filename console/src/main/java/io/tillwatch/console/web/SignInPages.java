package io.tillwatch.console.web;

import io.tillwatch.console.config.ConsoleSettings.Account;
import io.tillwatch.console.oidc.OidcClient;
import io.tillwatch.console.responder.Reply;
import io.tillwatch.console.responder.ResponderClient;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets people in with what the responder knows them by: their token, the password under which it is sealed, or what an issuer
 * gives for them. Who they are and what they may do is the responder's to say.
 */
final class SignInPages {

    static final String PATH = "/sign-in";
    static final String BEGIN_PATH = "/sign-in/oidc";
    static final String ME = "/api/v1/me";
    private static final int SECRET_MAX = 1_000;

    private final ResponderClient responder;
    private final Map<String, String> sealedByPerson = new LinkedHashMap<>();
    private final Optional<String> issuerName;
    private final FailedSignIns failures;

    /** @param issuerName what the issuer is called on the button; empty if there is none */
    SignInPages(ResponderClient responder, List<Account> accounts, Optional<String> issuerName, Clock clock) {
        this.responder = responder;
        accounts.forEach(account -> sealedByPerson.put(account.person(), account.sealed()));
        this.issuerName = issuerName;
        this.failures = new FailedSignIns(clock);
    }

    /** Whether somebody is let in. */
    sealed interface Result {
        record In(String person, Set<Role> roles, Credential credential) implements Result {}

        /** @param key of the text that says why not */
        record No(int status, String key) implements Result {}
    }

    Answer.Page page(int status, String keyOrNull, String to) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", keyOrNull);
        model.put("to", to);
        model.put("accounts", !sealedByPerson.isEmpty());
        model.put("issuer", issuerName.orElse(null));
        return new Answer.Page(status, "sign-in", model);
    }

    Result signIn(String personOrNull, String secretOrNull, String address) {
        if (failures.tooMany(address)) {
            return new Result.No(429, "signin.tooMany");
        }
        String person = personOrNull == null ? "" : personOrNull.strip();
        String secret = secretOrNull == null ? "" : secretOrNull.strip();
        Optional<String> token = person.isEmpty() ? Optional.of(secret) : unsealed(person, secret);
        if (secret.length() > SECRET_MAX || token.isEmpty() || !token.get().matches("[\\x21-\\x7e]+")) {
            failures.failed(address);
            return new Result.No(401, "signin.unknown");
        }
        Reply reply = responder.get(token.get(), ME, Map.of());
        if (reply instanceof Reply.Done done) {
            return in(done.json(), new Credential.Own(token.get()));
        } else if (reply instanceof Reply.Refused refused && refused.status() < 500) {
            failures.failed(address);
            return new Result.No(401, "signin.unknown");
        }
        return new Result.No(503, "signin.away");
    }

    /** Whether an address may come back from the issuer once more; it costs a question there. */
    boolean tooMany(String address) {
        return failures.tooMany(address);
    }

    /** Lets somebody in who comes back from the issuer. */
    Result ofIssuer(OidcClient.Result result, String address) {
        if (!(result instanceof OidcClient.Result.Given given)) {
            OidcClient.Why why = result instanceof OidcClient.Result.No no ? no.why() : OidcClient.Why.NOT_BELIEVED;
            // Only what costs a question there; what any site could send a browser for must not lock its address out.
            if (why == OidcClient.Why.NOT_BELIEVED) {
                failures.failed(address);
            }
            return no(why);
        }
        Credential credential = new Credential.OfIssuer(given.grant());
        Reply reply = responder.get(credential.token(), ME, Map.of());
        if (reply instanceof Reply.Done done) {
            return in(done.json(), credential);
        } else if (reply instanceof Reply.Refused refused && refused.status() < 500) {
            failures.failed(address);
            return refused.status() == 403
                    ? new Result.No(403, "signin.noRole")
                    : new Result.No(401, "signin.issuerNotTaken");
        }
        return new Result.No(503, "signin.away");
    }

    static Result.No no(OidcClient.Why why) {
        return switch (why) {
            case NOT_BEGUN_HERE -> new Result.No(400, "signin.issuerBegunElsewhere");
            case DENIED -> new Result.No(401, "signin.issuerDenied");
            case NOT_BELIEVED -> new Result.No(401, "signin.issuerNotBelieved");
            case AWAY -> new Result.No(503, "signin.issuerAway");
        };
    }

    private Optional<String> unsealed(String person, String password) {
        String sealed = sealedByPerson.get(person);
        return sealed == null ? Optional.empty() : SealedToken.open(sealed, person, password.toCharArray());
    }

    private static Result in(Map<String, Object> me, Credential credential) {
        Set<Role> roles = roles(me);
        return roles.isEmpty()
                ? new Result.No(403, "signin.noRole")
                : new Result.In(String.valueOf(me.get("person")), roles, credential);
    }

    /** What the responder says that somebody may do. */
    static Set<Role> roles(Map<String, Object> me) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (me.get("roles") instanceof List<?> names) {
            for (Role role : Role.values()) {
                if (names.contains(role.name())) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }
}
