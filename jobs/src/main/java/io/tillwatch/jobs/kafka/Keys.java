package io.tillwatch.jobs.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Record keys as text. */
public final class Keys {

    private Keys() {}

    /** The key as text, or null when it is none. */
    public static String text(byte[] key) {
        if (key == null) {
            return null;
        }
        for (byte b : key) {
            if (b < 0) {
                return decoded(key);
            }
        }
        return new String(key, StandardCharsets.US_ASCII);
    }

    private static String decoded(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // a decoder reports what is malformed unless it is told otherwise
        }
    }
}
