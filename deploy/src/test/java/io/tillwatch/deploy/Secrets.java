package io.tillwatch.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a site puts beside the manifests: the secrets that deploy/README.md lists, here with things made for a test. */
final class Secrets {

    static final String PASSWORD = "not-a-secret";
    static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"" + PASSWORD
                    + "\";";

    private final Map<String, Map<String, byte[]>> values = new TreeMap<>();

    /** @param directory that is there */
    Secrets(Path directory) throws IOException, InterruptedException {
        byte[] keystore = keystore(directory);
        byte[] authority = Files.readAllBytes(directory.resolve("ca.crt"));
        byte[] password = utf8(PASSWORD);
        Users.all().forEach(user -> {
            String name = user.getMetadata().getName();
            values.put(name, Map.of("password", password, "sasl.jaas.config", utf8(JAAS.formatted(name))));
        });
        values.put("tillwatch-cluster-ca-cert", Map.of("ca.crt", authority));
        for (String program : List.of("responder", "console")) {
            values.put("tillwatch-" + program + "-database", Map.of("password", password));
            values.put("tillwatch-" + program + "-tls", Map.of("keystore.p12", keystore, "ca.crt", authority));
        }
        values.put("tillwatch-keystore", Map.of("password", password));
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        values.put("tillwatch-signing", Map.of("k1", utf8(Base64.getEncoder().encodeToString(key))));
        values.put(
                "tillwatch-object-storage", Map.of("AWS_ACCESS_KEY_ID", password, "AWS_SECRET_ACCESS_KEY", password));
    }

    /** The files of a secret, by their names. */
    Map<String, byte[]> of(String secret) {
        Map<String, byte[]> files = values.get(secret);
        if (files == null) {
            throw new AssertionError("nobody makes a secret " + secret + ": neither an operator nor deploy/README.md");
        }
        return files;
    }

    Iterable<String> names() {
        return values.keySet();
    }

    /** Proves to be 127.0.0.1, for itself; its certificate is in ca.crt. */
    private static byte[] keystore(Path directory) throws IOException, InterruptedException {
        Path keystore = directory.resolve("keystore.p12");
        keytool(
                "-genkeypair",
                "-keystore",
                keystore.toString(),
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                keystore.toString(),
                "-alias",
                "own",
                "-file",
                directory.resolve("ca.crt").toString());
        return Files.readAllBytes(keystore);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(told);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
