package io.tillwatch.schemas.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** A shared secret with a name, by which it can be replaced without stopping anything. Does not show its secret. */
public final class SigningKey {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** As long as the hash: RFC 2104 advises no less. */
    private static final int SECRET_BYTES_MIN = 32;

    private final String id;
    private final SecretKeySpec secret;

    /**
     * @param id 1 to 64 letters, digits, dots, hyphens and underscores
     * @param secret at least 32 bytes
     * @throws IllegalArgumentException saying which of the two is wrong, and never what the secret is
     */
    public SigningKey(String id, byte[] secret) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("signing key id \"" + id
                    + "\" is not 1 to 64 letters, digits, dots, hyphens and underscores: give it such a name");
        }
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("signing key " + id + " has " + secret.length + " bytes: give it "
                    + SECRET_BYTES_MIN + " random bytes or more");
        }
        this.id = id;
        this.secret = new SecretKeySpec(secret, CommandSignature.ALGORITHM);
    }

    /**
     * Reads a key from a file that holds its secret in base64, on one line.
     *
     * @throws IllegalArgumentException if there is no such file, or no such secret in it
     */
    public static SigningKey read(String id, Path file) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "signing key " + id + ": the file " + file + " cannot be read: make it,"
                            + " for example with: head -c 32 /dev/urandom | base64",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("signing key " + id + ": the file " + file
                    + " does not hold one line of base64: make it with: head -c 32 /dev/urandom | base64");
        }
        return new SigningKey(id, secret);
    }

    public String id() {
        return id;
    }

    SecretKeySpec secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
