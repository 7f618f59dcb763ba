package io.tillwatch.responder.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tillwatch.responder.oidc.OidcSettings;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSettingsTest {

    private static final String HASH = "2f1d3c0a9b8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817060504";
    private static final String TOKEN = "{person: ana, roles: [approver, ADMIN], sha256: " + HASH + "}";

    private final List<String> problems = new ArrayList<>();

    @Test
    void listensAtTheLoopbackAddressAndLetsNobodyInUnlessTold() throws IOException {
        ApiSettings settings = read("{}");

        assertThat(problems).isEmpty();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.tokens().isEmpty()).isTrue();
        assertThat(settings.tokens().personOf("")).isEmpty();
    }

    @Test
    void refusesToBeOpenToOtherMachines() throws IOException {
        read("{host: 0.0.0.0}");

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith("api.tls: is missing").contains("give a keystore");
        assertThat(problems.get(1)).startsWith("api.tokens: there are none").contains("make one");
    }

    @Test
    void refusesToBeOpenWithTokensButWithoutTls() throws IOException {
        read("{host: \"::\", tokens: [" + TOKEN + "]}");

        assertThat(problems).singleElement().asString().startsWith("api.tls: is missing");
    }

    @Test
    void opensToOtherMachinesWithTokensAndTls(@TempDir Path directory) throws IOException {
        Path keystore = Files.writeString(directory.resolve("api.p12"), "not looked into here");

        ApiSettings settings = read(
                "{host: 0.0.0.0, port: 443, tls: {keystore: \"" + keystore
                        + "\", passwordVariable: PASSWORD}, tokens: [" + TOKEN + "]}",
                Map.of("PASSWORD", "secret"));

        assertThat(problems).isEmpty();
        assertThat(settings.tls()).isPresent();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void knowsAPersonByTheirToken() throws IOException {
        NewToken token = NewToken.make(new SecureRandom());
        ApiSettings settings =
                read("{tokens: [{person: ana, roles: [approver, ADMIN], sha256: " + token.sha256() + "}]}");

        assertThat(problems).isEmpty();
        assertThat(settings.tokens().personOf(token.token()))
                .contains(new Person("ana", Set.of(Role.APPROVER, Role.ADMIN)));
        assertThat(settings.tokens().personOf(token.token() + "x")).isEmpty();
        assertThat(token.toString()).doesNotContain(token.token());
    }

    @Test
    void saysAllThatIsWrongAtOnceAndNeverWhatMayBeAToken() throws IOException {
        read("{port: 70000, hots: x, requestBytesMax: 5, failedSignInsPerMinute: 0, tls: {keystore: /nowhere, pass: x},"
                + " tokens: [{person: \"\", roles: [boss], sha256: tillwatch_secret}, {person: responder, roles: [],"
                + " sha256: " + HASH + "}, {person: bea, roles: [VIEWER], sha256: " + HASH + "}]}");

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("api.port: is no whole number in 0..65535"))
                .anyMatch(problem -> problem.startsWith("api.hots: is not known"))
                .anyMatch(problem -> problem.startsWith("api.requestBytesMax: "))
                .anyMatch(problem -> problem.startsWith("api.failedSignInsPerMinute: "))
                .anyMatch(problem -> problem.startsWith("api.tls.pass: is not known"))
                .anyMatch(problem -> problem.startsWith("api.tls.keystore: there is no file"))
                .anyMatch(problem -> problem.startsWith("api.tls.passwordVariable: the environment has no"))
                .anyMatch(problem -> problem.startsWith("api.tokens[0].person: has 0 characters"))
                .anyMatch(problem -> problem.startsWith("api.tokens[0].roles: there is none called \"boss\""))
                .anyMatch(problem -> problem.startsWith("api.tokens[0].sha256: is not 64 hexadecimal digits"))
                .anyMatch(problem -> problem.startsWith("api.tokens[1].person: \"responder\" is the program"))
                .anyMatch(problem -> problem.startsWith("api.tokens[1].roles: there are none"))
                .anyMatch(problem -> problem.startsWith("api.tokens[2].sha256: is that of api.tokens[1] too"));
        assertThat(problems.toString()).doesNotContain("tillwatch_secret");
    }

    @Test
    void refusesTwoTokensOfOnePersonWithDifferentRoles() throws IOException {
        read("{tokens: [" + TOKEN + ", {person: ana, roles: [VIEWER], sha256: " + HASH.replace('2', '3') + "}]}");

        assertThat(problems).singleElement().asString().contains("differ from those of another token of ana");
    }

    @Test
    void opensToOtherMachinesWithTheTokensOfAnIssuerAlone() throws IOException {
        ApiSettings settings =
                read("{host: 0.0.0.0, oidc: {issuer: \"https://login.example/tills\", audience: tillwatch,"
                        + " roles: {claim: /realm_access/roles, values: {approvers: APPROVER, all: [viewer, OPERATOR]}},"
                        + " people: {ana: s-1, bea: [s-2, s-3]}, clockSkew: PT10S}}");

        assertThat(problems).singleElement().asString().startsWith("api.tls: is missing");
        OidcSettings oidc = settings.oidc().orElseThrow();
        assertThat(oidc.issuer().clockSkew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(oidc.roles())
                .isEqualTo(Map.of("approvers", Set.of(Role.APPROVER), "all", Set.of(Role.VIEWER, Role.OPERATOR)));
        assertThat(oidc.people().nameOf("s-3")).isEqualTo("bea");
        assertThat(settings.assignable()).containsExactly("ana", "bea");
    }

    @Test
    void refusesWhoeverCouldApproveUnderTwoNames() throws IOException {
        String oidc = "oidc: {issuer: \"https://login.example\", audience: t, roles: {claim: r, values: {a: APPROVER}}";

        read("{tokens: [" + TOKEN + "], " + oidc + "}}");
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("api.oidc.people: has no subject of ana, who approves with a token");

        problems.clear();
        read("{tokens: [" + TOKEN + "], " + oidc + ", people: {ana: s-1}}}");
        assertThat(problems).isEmpty();
    }

    @Test
    void saysAllThatIsWrongWithAnIssuerAtOnce() throws IOException {
        read("{tokens: [{person: \"oidc:s-1\", roles: [VIEWER], sha256: " + HASH + "}],"
                + " oidc: {issuer: \"http://login.example\", clockSkew: PT1H, algorithms: [HS256],"
                + " roles: {values: {a: BOSS, b: []}}, people: {ana: s-1, bea: [s-1], \"oidc#x\": s-4, carl: []}}}");

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("api.tokens[0].person: begins as the names of people"))
                .anyMatch(problem -> problem.startsWith("api.oidc.issuer: is no https URL"))
                .anyMatch(problem -> problem.startsWith("api.oidc.clockSkew: is no ISO 8601 duration in PT0S..PT5M"))
                .anyMatch(problem -> problem.startsWith("api.oidc.algorithms: is not known here"))
                .anyMatch(problem -> problem.startsWith("api.oidc.audience: is missing"))
                .anyMatch(problem -> problem.startsWith("api.oidc.roles.claim: is missing"))
                .anyMatch(problem -> problem.startsWith("api.oidc.roles.values.a: is none of"))
                .anyMatch(problem -> problem.startsWith("api.oidc.roles.values.b: has no role"))
                .anyMatch(problem -> problem.startsWith("api.oidc.people.bea: has the subject of ana too"))
                .anyMatch(problem -> problem.startsWith("api.oidc.people.oidc#x: begins as the names of people"))
                .anyMatch(problem -> problem.startsWith("api.oidc.people.carl: has no subject"));
        assertThat(problems).hasSize(11);
    }

    private ApiSettings read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    private ApiSettings read(String yaml, Map<String, String> environment) throws IOException {
        JsonNode node = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        return ApiSettings.of(node, environment, problems);
    }
}
