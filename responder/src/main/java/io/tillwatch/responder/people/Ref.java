package io.tillwatch.responder.people;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An identity as a part of a path: base64url of its UTF-8. Identities hold colons, number signs and slashes, which proxies and
 * servers decode in different ways.
 */
public final class Ref {

    private Ref() {}

    public static String of(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The identity; empty if that is no ref. */
    public static Optional<String> decode(String ref) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(ref);
            String id = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return id.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(id);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
