package io.tillwatch.notifier.given;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of one's own, as a company has one for its network, made with the JDK's keytool. */
public final class Certificates {

    private static final char[] PASSWORD = "not-a-secret".toCharArray();
    private static final int LINE = 64;

    private final Path store;

    /** @param directory that is there */
    public Certificates(Path directory) throws IOException, InterruptedException {
        this.store = directory.resolve("house.p12");
        keytool("ca", "-ext", "bc:c");
    }

    /** The authority's own certificate, which whoever believes it is given, in PEM. */
    public Path authority() throws IOException, GeneralSecurityException {
        byte[] certificate = read().getCertificate("ca").getEncoded();
        String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(certificate);
        return Files.writeString(
                store.resolveSibling("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    /**
     * What a server proves itself with.
     *
     * @param names as a certificate has them, such as {@code ip:127.0.0.1}
     */
    public SSLContext server(String names) throws IOException, InterruptedException, GeneralSecurityException {
        keytool("server", "-signer", "ca", "-ext", "san=" + names);
        KeyStore all = read();
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("server", all.getKey("server", PASSWORD), PASSWORD, all.getCertificateChain("server"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore read() throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD);
        }
        return all;
    }

    /** Makes a key and its certificate. */
    private void keytool(String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }
}
