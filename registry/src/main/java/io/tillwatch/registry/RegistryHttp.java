package io.tillwatch.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One question to one address. Redirections are not followed: credentials go nowhere else. */
final class RegistryHttp {

    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);
    /** Far more than a schema needs. */
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final RegistrySettings settings;
    private HttpClient client;

    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Reply(int status, byte[] body) {}

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
    }

    /** What is answered; empty if nothing is, or too much. */
    Optional<Reply> ask(String url, String path, String bodyOrNull) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER_WITHIN)
                .header("Accept", JSON + ", application/json");
        if (bodyOrNull != null) {
            request.header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofString(bodyOrNull));
        }
        if (settings.userInfoOrNull() != null) {
            byte[] user = settings.userInfoOrNull().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        try {
            HttpResponse<InputStream> response =
                    client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(ANSWER_BYTES_MAX + 1);
                return body.length > ANSWER_BYTES_MAX
                        ? Optional.empty()
                        : Optional.of(new Reply(response.statusCode(), body));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Made when it is first needed: most readers never meet a registry's record. */
    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_WITHIN);
            if (settings.trustStoreOrNull() != null) {
                builder.sslContext(trusting(settings.trustStoreOrNull()));
            }
            client = builder.build();
        }
        return client;
    }

    private static SSLContext trusting(RegistrySettings.TrustStore store) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(store));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the trust store " + store.location() + " cannot be used", e);
        }
    }

    private static KeyStore load(RegistrySettings.TrustStore store) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(Path.of(store.location()))) {
            if (!store.type().equals("PEM")) {
                KeyStore keys = KeyStore.getInstance(store.type());
                keys.load(
                        in,
                        store.passwordOrNull() == null
                                ? null
                                : store.passwordOrNull().toCharArray());
                return keys;
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                keys.setCertificateEntry("ca-" + number++, one);
            }
            return keys;
        }
    }
}
