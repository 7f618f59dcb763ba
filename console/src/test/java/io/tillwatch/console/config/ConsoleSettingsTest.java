package io.tillwatch.console.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSettingsTest {

    @TempDir
    private Path directory;

    private ConsoleSettings.Result read(String yaml, Map<String, String> environment) throws IOException {
        return ConsoleSettings.read(Files.writeString(directory.resolve("console.yaml"), yaml), environment);
    }

    @Test
    void readsWhatTheReadmeShowsWithTheEnvironmentOverIt() throws IOException {
        ConsoleSettings.Result result =
                read("""
                kafka: {bootstrap: "kafka:9092", topicPrefix: "tw.", settings: {security.protocol: SASL_SSL}}
                database: {url: "jdbc:postgresql://db:5432/tillwatch", user: tillwatch}
                projection: {recordsKeptFor: P3D}
                web: {port: 0, publicScheme: https, sessionIdleMax: PT15M, accounts: [{person: ana, sealed: v1.1.a.b.c}]}
                responder: {url: "http://127.0.0.1:8480"}
                """, Map.of("TILLWATCH_BOOTSTRAP", "other:9092", "TILLWATCH_DATABASE_PASSWORD", "s3cret"));

        ConsoleSettings settings = ((ConsoleSettings.Result.Good) result).settings();
        assertThat(settings.kafka().client())
                .containsEntry("bootstrap.servers", "other:9092")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(settings.projection().recordsKeptFor()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.web().behindTls()).isTrue();
        assertThat(settings.database().passwordOrNull()).isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("SASL_SSL");
    }

    @Test
    void readsWherePeopleSignInElsewhereWithoutPrintingTheSecret() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
        ConsoleSettings.Result result = read("""
                kafka: {bootstrap: "kafka:9092"}
                database: {url: "jdbc:postgresql://db:5432/tillwatch"}
                web:
                  publicScheme: https
                  oidc: {issuer: "https://login.example/tills", client: console, secretFile: "%s", scopes: offline_access,
                    redirect: "https://console.example/sign-in/oidc/callback"}
                responder: {url: "http://127.0.0.1:8480"}
                """.formatted(secret), Map.of());

        ConsoleSettings.Oidc oidc =
                ((ConsoleSettings.Result.Good) result).settings().web().oidc().orElseThrow();
        assertThat(oidc.secret()).isEqualTo("s3cret");
        assertThat(oidc.name()).isEqualTo("login.example");
        assertThat(oidc.scopes()).containsExactly("openid", "offline_access");
        assertThat(result.toString()).doesNotContain("s3cret");
    }

    @Test
    void saysAllThatIsWrongWithSigningInElsewhereAtOnce() throws IOException {
        ConsoleSettings.Result result = read("""
                kafka: {bootstrap: "kafka:9092"}
                database: {url: "jdbc:postgresql://db:5432/tillwatch"}
                web:
                  publicScheme: https
                  oidc: {issuer: "http://login.example/tills?x=1", clockSkew: PT1H, pkce: false,
                    redirect: "http://127.0.0.1:8490/sign-in/oidc/callback"}
                responder: {url: "http://127.0.0.1:8480"}
                """, Map.of());

        assertThat(((ConsoleSettings.Result.Bad) result).problems())
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("web.oidc.issuer: is no https URL"))
                .anyMatch(problem -> problem.startsWith("web.oidc.clockSkew: is no ISO 8601 duration"))
                .anyMatch(problem -> problem.startsWith("web.oidc.client: is missing"))
                .anyMatch(problem -> problem.startsWith("web.oidc.secretFile: is missing"))
                .anyMatch(problem -> problem.startsWith("web.oidc.redirect: is http, and browsers reach this console"))
                .anyMatch(problem -> problem.startsWith("web.oidc.pkce: is not known here"));
    }

    @Test
    void saysAllThatIsWrongAtOnceEachWithItsRemedy() throws IOException {
        ConsoleSettings.Result result = read("""
                kafka: {topicPrefix: "no blanks"}
                database: {url: "mysql://x", connectionsMax: 1}
                web: {host: 0.0.0.0, port: 99999, publicScheme: ftp, colour: red, accounts: [{person: ana}],
                  metricsTokens: [tillwatch_secret]}
                responder: {url: "http://192.0.2.7:8480", answerWithin: soon, caFile: /nowhere}
                """, Map.of());

        List<String> problems = ((ConsoleSettings.Result.Bad) result).problems();
        for (String field : List.of(
                "kafka.bootstrap:",
                "kafka.topicPrefix:",
                "database.url:",
                "database.connectionsMax:",
                "web.tls:",
                "web.port:",
                "web.publicScheme:",
                "web.colour:",
                "web.accounts[0].sealed:",
                "web.metricsTokens:",
                "responder.url:",
                "responder.answerWithin:",
                "responder.caFile:")) {
            assertThat(problems).as(field).anyMatch(problem -> problem.startsWith(field));
        }
        assertThat(problems).hasSize(13).noneMatch(problem -> problem.contains("tillwatch_secret"));
    }
}
