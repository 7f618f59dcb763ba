package io.tillwatch.responder.doctor;

import io.tillwatch.responder.oidc.OidcSettings;
import io.tillwatch.serving.oidc.Issuer;
import io.tillwatch.serving.oidc.IssuerAway;
import io.tillwatch.serving.oidc.IssuerHttp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Asks the OpenID provider whose tokens are taken who it is, and for its keys. */
public final class IssuerExamination {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(4);

    private IssuerExamination() {}

    public static Finding finding(OidcSettings settings) {
        String subject = "issuer " + settings.issuer().issuer();
        String wanted = "says that it is, and has keys";
        AtomicReference<String> told = new AtomicReference<>("does not answer");
        try {
            String keys = new Issuer(settings.issuer(), new IssuerHttp(ANSWERS_WITHIN), told::set)
                    .metadata()
                    .getJWKSetURI()
                    .toString();
            return Finding.of(true, subject, "has keys at " + keys, wanted, "");
        } catch (IssuerAway e) {
            return Finding.of(
                    false,
                    subject,
                    told.get(),
                    wanted,
                    "look at api.oidc.issuer (it must be as the provider calls itself), the network between, and"
                            + " certificates: a certificate authority of your own goes into the JVM's trust store");
        }
    }
}
