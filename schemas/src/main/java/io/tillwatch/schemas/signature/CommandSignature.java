package io.tillwatch.schemas.signature;

import io.tillwatch.schemas.record.Command;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The signature of a command: HMAC-SHA-256 with a shared key, written {@code keyId:base64url}.
 *
 * <p>Two things are told apart. The <em>content</em> of a command is what it asks for: all its fields but issue, status and
 * signature. It is the same in every issue, and its hash is what the journal compares and what a person approves. What is
 * <em>signed</em> is the content with issue and status before it: who could write WITHDRAWN into the topic without the key
 * could stop a remedy, and who could write ISSUED could raise a withdrawn one.
 *
 * <p>The content is written as one line a field, in the order of the schema: the name, the length of the value in bytes and
 * the value, a field of a record within with a dot before its name. A time is in milliseconds, an enum is its symbol, an
 * absent field has no line; so a field that a later schema adds changes nothing as long as it is absent.
 *
 * <p>For any number of threads.
 */
public final class CommandSignature {

    static final String ALGORITHM = "HmacSHA256";

    /** Begins what is signed, so that a key that is used for something else too signs nothing in common. */
    private static final String PURPOSE = "tillwatch command 1\n";

    private static final Set<String> NOT_CONTENT = Set.of("issue", "status", "signature");

    /** What is found of a signature. */
    public enum Check {
        /** One of the keys signed exactly this. */
        VALID,
        /** There is none. */
        MISSING,
        /** It is not written as signatures are, or names a key that is not among those given. */
        UNKNOWN_KEY,
        /** Something else was signed, or with another secret. */
        WRONG
    }

    private CommandSignature() {}

    /** The canonical content: the same bytes for every issue of a command. */
    public static byte[] content(Command command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(out, "", command);
        return out.toByteArray();
    }

    /** SHA-256 of {@link #content}. */
    public static byte[] contentHash(Command command) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content(command));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** The same command, signed with this key in place of any other. */
    public static Command sign(Command command, SigningKey key) {
        String signature =
                key.id() + ':' + Base64.getUrlEncoder().withoutPadding().encodeToString(code(command, key));
        return Command.newBuilder(command).setSignature(signature).build();
    }

    /**
     * Whether one of these keys signed this command.
     *
     * @param keys by their ids
     */
    public static Check check(Command command, Map<String, SigningKey> keys) {
        String signature = command.getSignature();
        if (signature == null) {
            return Check.MISSING;
        }
        int colon = signature.indexOf(':');
        SigningKey key = colon < 0 ? null : keys.get(signature.substring(0, colon));
        if (key == null) {
            return Check.UNKNOWN_KEY;
        }
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(signature.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Check.UNKNOWN_KEY;
        }
        // In a time that does not tell how much of it was right.
        return MessageDigest.isEqual(given, code(command, key)) ? Check.VALID : Check.WRONG;
    }

    private static byte[] code(Command command, SigningKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret());
            mac.update(
                    (PURPOSE + command.getIssue() + '\n' + command.getStatus().name() + '\n')
                            .getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content(command));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    private static void write(ByteArrayOutputStream out, String prefix, SpecificRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null && !(prefix.isEmpty() && NOT_CONTENT.contains(field.name()))) {
                if (value instanceof SpecificRecord within) {
                    write(out, prefix + field.name() + '.', within);
                } else {
                    line(out, prefix + field.name(), text(value));
                }
            }
        }
    }

    private static String text(Object value) {
        if (value instanceof Instant time) {
            return Long.toString(time.toEpochMilli());
        } else if (value instanceof Enum<?> symbol) {
            return symbol.name();
        } else if (value instanceof String || value instanceof Long || value instanceof Integer) {
            return value.toString();
        }
        throw new IllegalStateException(
                "a command has a field of a kind that has no canonical form: " + value.getClass());
    }

    private static void line(ByteArrayOutputStream out, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeBytes((name + ' ' + bytes.length + ' ').getBytes(StandardCharsets.UTF_8));
        out.writeBytes(bytes);
        out.write('\n');
    }
}
