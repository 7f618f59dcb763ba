package io.tillwatch.console.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The bearer tokens with which a machine reads the metrics, of which only the SHA-256 is known. They open nothing else. The console
 * does not ask the responder whose they are, as it does for people: its figures are wanted most while the responder is away.
 */
final class MetricsTokens {

    /** Of what they are for: Prometheus' text format. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String SCHEME = "Bearer ";
    /** Those that the responder makes have 53; no point in hashing a header full. */
    private static final int TOKEN_MAX = 512;

    private final List<byte[]> hashes;

    /** @param hashes in hexadecimal digits */
    MetricsTokens(List<String> hashes) {
        this.hashes = hashes.stream().map(HexFormat.of()::parseHex).toList();
    }

    /** Whether a header Authorization holds one of them. */
    boolean holds(String headerOrNull) {
        if (headerOrNull == null || !headerOrNull.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String token = headerOrNull.substring(SCHEME.length()).strip();
        if (token.isEmpty() || token.length() > TOKEN_MAX) {
            return false;
        }
        byte[] hash = sha256(token);
        return hashes.stream().anyMatch(known -> MessageDigest.isEqual(known, hash));
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
