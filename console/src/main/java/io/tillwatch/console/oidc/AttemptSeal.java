package io.tillwatch.console.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Attempts as a cookie keeps them: AES-256-GCM under a key that is this process's alone. Kept here instead, attempts that
 * nobody ends would fill the memory, or push out those of others.
 */
final class AttemptSeal {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LENGTH_MAX = 4_000;

    private final SecureRandom random;
    private final SecretKeySpec key;

    AttemptSeal(SecureRandom random) {
        this.random = random;
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    String seal(Attempt attempt) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        List<String> texts = List.of(
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                attempt.to(),
                attempt.until().toString());
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(JSON.writeValueAsBytes(texts));
            byte[] both = Arrays.copyOf(iv, iv.length + sealed.length);
            System.arraycopy(sealed, 0, both, iv.length, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("every Java platform has AES-GCM, and texts can be written", e);
        }
    }

    /** The attempt; empty if this process did not seal it. */
    Optional<Attempt> open(String sealedOrNull) {
        if (sealedOrNull == null || sealedOrNull.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(sealedOrNull);
            if (both.length <= IV_BYTES) {
                return Optional.empty();
            }
            byte[] opened = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, IV_BYTES))
                    .doFinal(both, IV_BYTES, both.length - IV_BYTES);
            List<String> texts = JSON.readValue(opened, TEXTS);
            return Optional.of(
                    new Attempt(texts.get(0), texts.get(1), texts.get(2), texts.get(3), Instant.parse(texts.get(4))));
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }
}
