package io.tillwatch.console.web;

import io.tillwatch.console.config.ConsoleSettings.Account;
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
 * Lets people in with what the responder knows them by: their token, or the password under which it is sealed. Who they are and
 * what they may do is the responder's to say.
 */
final class SignInPages {

    static final String PATH = "/sign-in";
    private static final int SECRET_MAX = 1_000;

    private final ResponderClient responder;
    private final Map<String, String> sealedByPerson = new LinkedHashMap<>();
    private final FailedSignIns failures;

    SignInPages(ResponderClient responder, List<Account> accounts, Clock clock) {
        this.responder = responder;
        accounts.forEach(account -> sealedByPerson.put(account.person(), account.sealed()));
        this.failures = new FailedSignIns(clock);
    }

    /** Whether somebody is let in. */
    sealed interface Result {
        record In(String person, Set<Role> roles, String token) implements Result {
            /** Without the token. */
            @Override
            public String toString() {
                return "In[person=" + person + ", roles=" + roles + "]";
            }
        }

        /** @param key of the text that says why not */
        record No(int status, String key) implements Result {}
    }

    Answer.Page page(int status, String keyOrNull, String to) {
        Map<String, Object> model = new HashMap<>();
        model.put("problem", keyOrNull);
        model.put("to", to);
        model.put("accounts", !sealedByPerson.isEmpty());
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
        Reply reply = responder.get(token.get(), "/api/v1/me", Map.of());
        if (reply instanceof Reply.Done done) {
            return in(done.json(), token.get());
        } else if (reply instanceof Reply.Refused refused && refused.status() < 500) {
            failures.failed(address);
            return new Result.No(401, "signin.unknown");
        }
        return new Result.No(503, "signin.away");
    }

    private Optional<String> unsealed(String person, String password) {
        String sealed = sealedByPerson.get(person);
        return sealed == null ? Optional.empty() : SealedToken.open(sealed, person, password.toCharArray());
    }

    private static Result in(Map<String, Object> me, String token) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (me.get("roles") instanceof List<?> names) {
            for (Role role : Role.values()) {
                if (names.contains(role.name())) {
                    roles.add(role);
                }
            }
        }
        return roles.isEmpty()
                ? new Result.No(403, "signin.noRole")
                : new Result.In(String.valueOf(me.get("person")), roles, token);
    }
}
