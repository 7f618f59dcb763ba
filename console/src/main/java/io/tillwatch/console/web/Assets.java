package io.tillwatch.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Style sheet and scripts, by name, each in the address with a hash of its bytes: kept by browsers for ever, new with a new build. */
final class Assets {

    private static final Map<String, String> FILES = Map.of(
            "console.css", "/assets/console.css",
            "console.js", "/assets/console.js",
            "icon.svg", "/assets/icon.svg",
            "htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    private static final int HASH_DIGITS = 12;

    private final Map<String, Answer.File> byAddress = new TreeMap<>();
    private final Map<String, String> addresses = new TreeMap<>();

    Assets() {
        FILES.forEach((name, resource) -> {
            byte[] bytes = read(resource);
            String address = "/assets/" + hash(bytes) + "/" + name;
            addresses.put(name, address);
            byAddress.put(address, new Answer.File(type(name), new String(bytes, StandardCharsets.UTF_8), null, true));
        });
    }

    /** Where each is, by its name without the dot: what templates need. */
    Map<String, String> addresses() {
        Map<String, String> byKey = new TreeMap<>();
        addresses.forEach((name, address) -> byKey.put(name.replace(".", ""), address));
        return byKey;
    }

    Answer answer(String hash, String name) {
        Answer.File file = byAddress.get("/assets/" + hash + "/" + name);
        return file == null ? Answer.notFound() : file;
    }

    private static String type(String name) {
        if (name.endsWith(".css")) {
            return "text/css; charset=utf-8";
        }
        return name.endsWith(".svg") ? "image/svg+xml; charset=utf-8" : "text/javascript; charset=utf-8";
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
