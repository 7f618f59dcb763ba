package io.tillwatch.notifier.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with a receiver, as Standard Webhooks writes it: {@code whsec_} and 24 to 64 bytes in base64. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES_MIN = 24;
    private static final int BYTES_MAX = 64;

    private final SecretKey key;

    private WebhookSecret(SecretKey key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is none such; the message says nothing of what it is */
    public static WebhookSecret parse(String text) {
        String remedy = ": make one by printf 'whsec_%s' \"$(head -c 32 /dev/urandom | base64)\"";
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the secret does not begin with " + PREFIX + remedy);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret is no base64 after " + PREFIX + remedy);
        }
        if (bytes.length < BYTES_MIN || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the secret is not " + BYTES_MIN + " to " + BYTES_MAX + " bytes long" + remedy);
        }
        return new WebhookSecret(new SecretKeySpec(bytes, ALGORITHM));
    }

    /** The signature of a message, with its version. */
    String sign(String id, long timestampSeconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM + ": use another one", e);
        }
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
