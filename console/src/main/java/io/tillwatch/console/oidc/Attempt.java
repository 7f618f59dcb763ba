package io.tillwatch.console.oidc;

import java.time.Instant;

/**
 * A sign-in that was begun. What comes back must be of the same browser (it has the attempt in its cookie), of the same attempt
 * (state), for the same attempt (nonce), and the code is of use only to whoever has the verifier (PKCE, RFC 7636).
 *
 * @param to where it leads, a path of this console
 * @param until when it is too late
 */
record Attempt(String state, String nonce, String verifier, String to, Instant until) {

    /** Without its secrets. */
    @Override
    public String toString() {
        return "Attempt[to=" + to + ", until=" + until + "]";
    }
}
