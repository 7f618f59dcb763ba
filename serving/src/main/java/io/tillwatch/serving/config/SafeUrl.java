package io.tillwatch.serving.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** URLs over which secrets may go: https, or http that does not leave this machine. No name is looked up to say so. */
public final class SafeUrl {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private SafeUrl() {}

    /** Empty if it is none, or has a fragment or a user in it. */
    public static Optional<URI> of(String text) {
        try {
            URI uri = new URI(text);
            return isSafe(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    public static boolean isSafe(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme())
                        && LOOPBACK.matcher(uri.getHost()).matches();
    }
}
