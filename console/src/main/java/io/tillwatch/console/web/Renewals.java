package io.tillwatch.console.web;

import io.tillwatch.console.oidc.OidcClient;
import io.tillwatch.console.responder.Reply;
import io.tillwatch.console.responder.ResponderClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the access tokens of sessions fresh. With each new one the responder is asked again who the person is and what they may
 * do, so that a role that was taken away at the issuer is gone here as soon as the token ends.
 */
final class Renewals {

    /** While the issuer is away it is not asked with every click. */
    private static final Duration AWAY_FOR = Duration.ofSeconds(2);

    private final OidcClient issuer;
    private final ResponderClient responder;
    private final Clock clock;

    /** Whether a session may go on. */
    enum Standing {
        GOOD,
        /** The issuer gives nothing more for it. */
        ENDED,
        /** Its token has ended, and the issuer does not answer. */
        AWAY
    }

    Renewals(OidcClient issuer, ResponderClient responder, Clock clock) {
        this.issuer = issuer;
        this.responder = responder;
        this.clock = clock;
    }

    Standing of(Session session) {
        if (!(session.credential() instanceof Credential.OfIssuer)) {
            return Standing.GOOD;
        }
        // One request of a page renews, the others of the same page find it done: a refresh token is often good once.
        synchronized (session) {
            return session.credential() instanceof Credential.OfIssuer of ? of(session, of) : Standing.GOOD;
        }
    }

    private Standing of(Session session, Credential.OfIssuer of) {
        Instant now = clock.instant();
        boolean ended = !now.isBefore(of.grant().endsAt());
        if (now.isBefore(of.grant().renewFrom())) {
            return ended ? Standing.AWAY : Standing.GOOD;
        }
        OidcClient.Result result = issuer.renew(of.grant());
        if (result instanceof OidcClient.Result.Given given) {
            return renewed(session, new Credential.OfIssuer(given.grant()));
        }
        boolean away = result instanceof OidcClient.Result.No no && no.why() == OidcClient.Why.AWAY;
        if (!away) {
            return Standing.ENDED;
        }
        session.goesOn(new Credential.OfIssuer(of.grant().askedAgainAt(now.plus(AWAY_FOR))), session.roles());
        return ended ? Standing.AWAY : Standing.GOOD;
    }

    private Standing renewed(Session session, Credential.OfIssuer credential) {
        Reply reply = responder.get(credential.token(), SignInPages.ME, Map.of());
        Set<Role> roles = session.roles();
        if (reply instanceof Reply.Done done) {
            roles = SignInPages.roles(done.json());
            boolean same = session.person().equals(String.valueOf(done.json().get("person")));
            if (!same || roles.isEmpty()) {
                return Standing.ENDED;
            }
        } else if (reply instanceof Reply.Refused refused && (refused.status() == 401 || refused.status() == 403)) {
            return Standing.ENDED;
        }
        // A responder that does not answer now refuses by itself what it must when it does.
        session.goesOn(credential, roles);
        return Standing.GOOD;
    }
}
