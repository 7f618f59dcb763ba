package io.tillwatch.responder.api;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A fresh token and what the configuration keeps of it.
 *
 * @param token for the person: 256 random bits behind a prefix by which scanners for leaked secrets find it
 * @param sha256 for the configuration: 64 hexadecimal digits
 */
public record NewToken(String token, String sha256) {

    private static final int BYTES = 32;

    public static NewToken make(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = "tillwatch_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new NewToken(token, HexFormat.of().formatHex(Tokens.sha256(token)));
    }

    /** Without the token: what is printed by accident is not a secret. */
    @Override
    public String toString() {
        return "NewToken[sha256=" + sha256 + "]";
    }
}
