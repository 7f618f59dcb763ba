package io.tillwatch.console.responder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.monitor.ConsoleMetrics;
import io.tillwatch.serving.tls.AuthorityFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A responder whose certificate only the house's own authority vouches for. */
class ResponderClientTest {

    private static final String PASSWORD = "not-a-secret";

    @TempDir
    private Path directory;

    private HttpsServer responder;

    @BeforeEach
    void start() throws Exception {
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-alias", "own", "-file", authority().toString());
        responder = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        responder.setHttpsConfigurator(new HttpsConfigurator(context()));
        responder.createContext("/", exchange -> {
            byte[] body = "{\"good\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        responder.start();
    }

    @AfterEach
    void stop() {
        responder.stop(0);
    }

    @Test
    void believesWhomItsAuthorityVouchesForAndNobodyElse() throws IOException {
        assertThat(ask("127.0.0.1", Optional.of(AuthorityFile.read(authority()))))
                .isEqualTo(new Reply.Done(Map.of("good", true)));
        assertThat(ask("127.0.0.1", Optional.empty())).isEqualTo(new Reply.Away());
    }

    @Test
    void looksWhetherTheCertificateIsOfTheHostThatWasAsked() throws IOException {
        assertThat(ask("localhost", Optional.of(AuthorityFile.read(authority()))))
                .isEqualTo(new Reply.Away());
    }

    @Test
    void refusesAFileWithoutACertificate() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.crt"), "");
        Path nonsense = Files.writeString(directory.resolve("nonsense.crt"), "no certificate");
        for (Path file : List.of(empty, nonsense, directory.resolve("nowhere.crt"))) {
            assertThatThrownBy(() -> AuthorityFile.read(file)).isInstanceOf(IOException.class);
        }
    }

    private Reply ask(String host, Optional<KeyStore> authorities) {
        URI url = URI.create("https://" + host + ":" + responder.getAddress().getPort());
        return new ResponderClient(
                        new ConsoleSettings.Responder(url, Duration.ofSeconds(10), authorities), new ConsoleMetrics())
                .get("token", "/api/v1/commands", Map.of());
    }

    private Path authority() {
        return directory.resolve("ca.crt");
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("own.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", directory.resolve("own.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(told).isZero();
    }
}
