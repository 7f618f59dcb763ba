package io.tillwatch.console.web;

import io.tillwatch.console.oidc.Grant;

/** With what the responder is asked on a person's behalf. */
sealed interface Credential {

    String token();

    /** The person's own token of the responder. */
    record Own(String token) implements Credential {
        /** Without the token. */
        @Override
        public String toString() {
            return "Own[]";
        }
    }

    /** What an issuer gave for their sign-in, for a while. */
    record OfIssuer(Grant grant) implements Credential {
        @Override
        public String token() {
            return grant.accessToken();
        }
    }
}
