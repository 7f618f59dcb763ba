package io.tillwatch.serving.oidc;

import io.tillwatch.serving.config.Part;
import java.time.Duration;

/**
 * Whose tokens are believed.
 *
 * @param issuer as it stands in its tokens, to the letter
 * @param clockSkew by how much its clock and ours may differ
 */
public record IssuerSettings(String issuer, Duration clockSkew) {

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    /** Reads {@code issuer} and {@code clockSkew}; other fields of the part are the caller's. */
    public static IssuerSettings read(Part part) {
        String issuer =
                part.safeUrl("issuer", "https://login.example/realms/tills").toString();
        if (issuer.contains("?")) {
            part.problem("issuer", "has a query: give it as it stands in \"iss\" of its tokens");
        }
        return new IssuerSettings(issuer, part.duration("clockSkew", CLOCK_SKEW, Duration.ZERO, CLOCK_SKEW_MAX));
    }
}
