package io.tillwatch.cli.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A token for the responder's API, made on this machine.
 *
 * @param person whose it is
 * @param roles what the person may do there
 * @param secret what the person gives; the responder is told its hash only
 */
public record ApiToken(String person, List<String> roles, String secret) {

    private static final int BYTES = 32;

    /** A new one. */
    public static ApiToken make(String person, String... roles) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ApiToken(
                person,
                List.of(roles),
                "tillwatch_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What a responder is told of it, in hexadecimal digits. */
    public String sha256() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ApiToken[person=" + person + ", roles=" + roles + "]";
    }
}
