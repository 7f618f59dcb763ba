package io.tillwatch.responder.iso8583;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** DE 48: {@code tag=value}, divided by semicolons, each value percent-encoded. */
final class PrivateData {

    static final int LENGTH_MAX = 999;

    static final String PAYMENT = "p";
    static final String CAPTURE = "c";
    static final String KEY = "k";
    static final String CARD_TOKEN = "t";
    static final String STAN = "s";
    static final String RRN = "r";

    private final StringBuilder text = new StringBuilder();

    /** Adds a value if there is one. Returns whether it fits; what does not is not added. */
    boolean add(String tag, String value) {
        if (value == null) {
            return true;
        }
        String part = (text.isEmpty() ? "" : ";") + tag + "=" + encode(value);
        if (text.length() + part.length() > LENGTH_MAX) {
            return false;
        }
        text.append(part);
        return true;
    }

    /** Null if nothing was added. */
    String textOrNull() {
        return text.isEmpty() ? null : text.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Empty if it is not of that kind, or has a tag twice. */
    static Optional<Map<String, String>> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text == null) {
            return Optional.of(values);
        }
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            try {
                String value =
                        URLDecoder.decode(part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
                if (values.put(part.substring(0, equals), value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException notEncoded) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
