package io.tillwatch.serving.oidc;

import com.nimbusds.jose.KeySourceException;

/** What the issuer would have to say is not known: it does not answer, or not as an OpenID provider does. */
public final class IssuerAway extends KeySourceException {

    private static final long serialVersionUID = 1L;

    IssuerAway(String what, Throwable causeOrNull) {
        super(what, causeOrNull);
    }
}
