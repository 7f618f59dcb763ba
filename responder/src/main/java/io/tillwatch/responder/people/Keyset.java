package io.tillwatch.responder.people;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ends: the time and identity of its last row. The next page is what lies behind it, whatever came in meanwhile.
 *
 * @param at with the database's microseconds
 */
public record Keyset(Instant at, String id) {

    /** Later than any row, and understood by every database. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** For the query of the next page. */
    public String encode() {
        String text = at + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #encode} gave; empty for anything else. */
    public static Optional<Keyset> decode(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int blank = decoded.indexOf(' ');
            if (blank < 0 || decoded.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            Instant at = Instant.parse(decoded.substring(0, blank));
            return at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)
                    ? Optional.empty()
                    : Optional.of(new Keyset(at, decoded.substring(blank + 1)));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
