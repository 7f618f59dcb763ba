package io.tillwatch.console.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A person's token under their password: AES-256-GCM with a key from PBKDF2-HMAC-SHA-256, the person's name as associated data.
 * The configuration holds only this, so whoever reads it, or runs the console, cannot act as the person without the password.
 */
public final class SealedToken {

    /** OWASP's advice for PBKDF2-HMAC-SHA-256 (2023). */
    private static final int ROUNDS = 600_000;

    private static final int ROUNDS_MAX = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int IV_BYTES = 12;
    private static final int KEY_BITS = 256;
    private static final int TAG_BITS = 128;
    private static final String FORM = "v1\\.[0-9]{1,8}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+";

    private SealedToken() {}

    /** As the configuration keeps it. */
    public static String seal(String person, char[] password, String token, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(salt);
        random.nextBytes(iv);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, person, password, ROUNDS, salt, iv);
            byte[] sealed = cipher.doFinal(token.getBytes(StandardCharsets.UTF_8));
            Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
            return String.join(
                    ".",
                    "v1",
                    Integer.toString(ROUNDS),
                    encoder.encodeToString(salt),
                    encoder.encodeToString(iv),
                    encoder.encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2 and AES-GCM", e);
        }
    }

    /** The token; empty if the password is another one, or this is nothing that was sealed for the person. */
    static Optional<String> open(String sealed, String person, char[] password) {
        if (!sealed.matches(FORM)) {
            return Optional.empty();
        }
        String[] parts = sealed.split("\\.");
        int rounds = Integer.parseInt(parts[1]);
        if (rounds < 1 || rounds > ROUNDS_MAX) {
            return Optional.empty();
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        try {
            Cipher cipher = cipher(
                    Cipher.DECRYPT_MODE, person, password, rounds, decoder.decode(parts[2]), decoder.decode(parts[3]));
            return Optional.of(new String(cipher.doFinal(decoder.decode(parts[4])), StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException | ProviderException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2 and AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, String person, char[] password, int rounds, byte[] salt, byte[] iv)
            throws GeneralSecurityException {
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password, salt, rounds, KEY_BITS))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(person.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
