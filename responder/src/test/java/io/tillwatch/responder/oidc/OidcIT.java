package io.tillwatch.responder.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tillwatch.identity.IdentityProvider;
import io.tillwatch.responder.PeopleParts;
import io.tillwatch.responder.doctor.IssuerExamination;
import io.tillwatch.responder.people.Samples;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.serving.config.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with tokens of an OpenID provider: a real one, over HTTP, with a real journal behind. */
class OidcIT {

    private static final String AUDIENCE = "tillwatch";
    private static final String ME = "/api/v1/me";
    /** Above it, two persons. */
    private static final long LARGE = 1_000_001;

    private static IdentityProvider provider;
    private static PeopleParts parts;

    @BeforeAll
    static void start(@TempDir Path directory) {
        provider = new IdentityProvider(AUDIENCE);
        provider.start();
        parts = new PeopleParts(directory, Map.of("oidc", oidc(provider.issuer()), "failedSignInsPerMinute", 1000));
    }

    private static Map<String, Object> oidc(String issuer) {
        return Map.of(
                "issuer",
                issuer,
                "audience",
                AUDIENCE,
                "roles",
                Map.of(
                        "claim",
                        "groups",
                        "values",
                        Map.of("till-approvers", "APPROVER", "till-desk", List.of("OPERATOR"), "till-eyes", "VIEWER")),
                "people",
                Map.of("ana", "s-ana", "bea", List.of("s-bea", "s-bea-2"), "dora", "s-dora"),
                "clockSkew",
                "PT10S");
    }

    private static OidcSettings settings(String issuer) {
        return OidcSettings.read(
                new Part("oidc", JsonMapper.builder().build().valueToTree(oidc(issuer)), new ArrayList<>()));
    }

    @AfterAll
    static void stop() {
        parts.close();
        provider.close();
    }

    private static JWTClaimsSet.Builder claims() {
        return provider.claims("s-ana").claim("groups", List.of("till-approvers", "cyclists"));
    }

    @Test
    void takesTokensOfTheIssuerBesideItsOwnWithTheRolesThatTheClaimMeans() {
        assertThat(parts.get("ana", ME).json().get("person").asText()).isEqualTo("ana");

        assertThat(parts.get(provider.sign(claims().build()), ME).text())
                .isEqualTo("{\"person\":\"ana\",\"roles\":[\"APPROVER\"]}");
        assertThat(parts.get(provider.token("s-eve", "groups", "till-eyes"), ME).text())
                .isEqualTo("{\"person\":\"oidc:s-eve\",\"roles\":[\"VIEWER\"]}");
        assertThat(parts.get(provider.sign(claims().claim("groups", "till-desk").build()), ME)
                        .json()
                        .at("/roles/0")
                        .asText())
                .isEqualTo("OPERATOR");
    }

    @Test
    void letsNobodyDoWhatNoneOfTheirGroupsMayDo() {
        for (JWTClaimsSet claims : List.of(
                claims().claim("groups", List.of("cyclists")).build(),
                claims().claim("groups", Map.of("till-approvers", true)).build(),
                claims().claim("groups", null).build())) {
            PeopleParts.Said said = parts.get(provider.sign(claims), ME);

            assertThat(said.status()).isEqualTo(403);
            assertThat(said.json().get("detail").asText()).contains("in nothing that is a role here");
        }
        PeopleParts.Said approval =
                parts.post(provider.token("s-eve", "groups", "till-desk"), "/api/v1/commands/bm9uZQ/approve", Map.of());
        assertThat(approval.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void refusesWhateverTheIssuerDidNotSignForItNow() throws JOSEException {
        Instant now = Instant.now();
        RSAKey key = provider.signingKey();
        RSAKey other =
                new RSAKey.Builder(IdentityProvider.key()).keyID(key.getKeyID()).build();
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("for another API", provider.sign(claims().audience("payroll").build()));
        bad.put("for nobody", provider.sign(claims().audience((String) null).build()));
        bad.put(
                "of another issuer",
                provider.sign(claims().issuer("https://login.example").build()));
        bad.put("of no issuer", provider.sign(claims().issuer(null).build()));
        bad.put("of nobody", provider.sign(claims().subject(null).build()));
        bad.put("of a blank", provider.sign(claims().subject(" ").build()));
        bad.put("without an end", provider.sign(claims().expirationTime(null).build()));
        bad.put(
                "not begun",
                provider.sign(
                        claims().notBeforeTime(Date.from(now.plusSeconds(60))).build()));
        bad.put("unsigned", new PlainJWT(claims().build()).serialize());
        bad.put("HS with the public key's bytes", hs(key.toRSAPublicKey().getEncoded(), key));
        bad.put("HS with the published key", hs(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8), key));
        bad.put("with another's key", signed(other));
        bad.put("changed", changed(provider.sign(claims().build())));
        bad.put("longer than any", provider.token("s-ana", "groups", "till-approvers", "x".repeat(10_000)));
        bad.forEach((what, token) -> {
            PeopleParts.Said said = parts.get(token, ME);

            assertThat(said.status()).as(what).isEqualTo(401);
            assertThat(said.code()).as(what).isEqualTo("UNAUTHENTICATED");
            assertThat(said.text()).as(what).doesNotContain(token.substring(token.length() / 2));
        });
    }

    private static String hs(byte[] secret, RSAKey like) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(like.getKeyID()).build(), claims().build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String signed(RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims().build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** With the signature of other claims. */
    private static String changed(String token) {
        String other = provider.token("s-bea", "groups", "till-approvers");
        return token.substring(0, token.indexOf('.'))
                + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
                + token.substring(token.lastIndexOf('.'));
    }

    @Test
    void saysThatATokenHasEndedOnceItHasByMoreThanTheClocksMayDiffer() {
        Instant now = Instant.now();
        PeopleParts.Said ended = parts.get(
                provider.sign(
                        claims().expirationTime(Date.from(now.minusSeconds(20))).build()),
                ME);
        PeopleParts.Said within = parts.get(
                provider.sign(
                        claims().expirationTime(Date.from(now.minusSeconds(4))).build()),
                ME);

        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.json().get("detail").asText()).contains("has ended");
        assertThat(within.status()).isEqualTo(200);
    }

    @Test
    void countsOnePersonOnceWhetherTheyComeWithATokenOrByTheIssuer() {
        Command command = parts.receive(Samples.required(parts.payment(), LARGE).build());
        String ana = provider.token("s-ana", "groups", "till-approvers");
        String bea = provider.token("s-bea", "groups", "till-approvers");
        String beaAgain = provider.token("s-bea-2", "groups", "till-approvers");

        assertThat(approve("bea", command).json().get("needed").asInt()).isEqualTo(2);
        assertThat(approve(bea, command).code()).isEqualTo("ALREADY_APPROVED");
        assertThat(approve(beaAgain, command).code()).isEqualTo("ALREADY_APPROVED");
        assertThat(approve(ana, command).json().get("complete").asBoolean()).isTrue();
        assertThat(approve("ana", command).code()).isEqualTo("ALREADY_APPROVED");
    }

    @Test
    void writesSubjectsWithoutANameUnderOneOfTheirOwn() {
        Command command = parts.receive(Samples.required(parts.payment(), LARGE).build());

        approve(provider.token("ana", "groups", "till-approvers"), command);
        approve("ana", command);

        assertThat(parts.get("vera", PeopleParts.path(command, ""))
                        .json()
                        .get("approvals")
                        .toString())
                .isEqualTo("[\"oidc:ana\",\"ana\"]");
    }

    private static PeopleParts.Said approve(String person, Command command) {
        return parts.post(
                person,
                PeopleParts.path(command, "/approve"),
                Map.of("contentHash", HexFormat.of().formatHex(PeopleParts.hash(command))));
    }

    @Test
    void letsWhoeverWorksOnCasesTakeOneAndGivesThemToThoseWhoHaveAName() {
        parts.receive(Samples.required(parts.payment(), 12_500).build());
        parts.keeper.sweep();
        String otto = provider.token("s-otto", "groups", "till-desk");
        String path = "/api/v1/cases/"
                + parts.get(otto, "/api/v1/cases?open=true")
                        .json()
                        .at("/items/0/caseId")
                        .asText() + "/assign";

        assertThat(parts.post(otto, path, Map.of("assignee", "oidc:s-otto")).status())
                .isEqualTo(200);
        assertThat(parts.post(otto, path, Map.of("assignee", "dora")).status()).isEqualTo(200);
        assertThat(parts.post(otto, path, Map.of("assignee", "oidc:s-eve")).code())
                .isEqualTo("UNKNOWN_PERSON");
    }

    @Test
    void saysThatItCannotSayWhileTheIssuerHasNeverAnsweredAndLetsItsOwnTokensIn() {
        try (IdentityProvider away = new IdentityProvider(AUDIENCE)) {
            away.start();
            String token = away.token("s-ana", "groups", "till-approvers");
            away.stop();
            try (PeopleParts.Beside beside =
                    parts.beside(Map.of("oidc", oidc(away.issuer()), "failedSignInsPerMinute", 1))) {
                for (int i = 0; i < 3; i++) {
                    PeopleParts.Said said = beside.get(token, ME);
                    assertThat(said.status()).isEqualTo(503);
                    assertThat(said.code()).isEqualTo("TOKEN_ISSUER_AWAY");
                    assertThat(said.response().headers().firstValue("Retry-After"))
                            .contains("2");
                }
                assertThat(beside.get(new PlainJWT(claims().build()).serialize(), ME)
                                .status())
                        .isEqualTo(401);
                assertThat(beside.get("vera", ME).status()).isEqualTo(200);

                assertThat(IssuerExamination.finding(settings(away.issuer())).found())
                        .contains("cannot be asked");
                away.start();
                assertThat(IssuerExamination.finding(settings(away.issuer())).good())
                        .isTrue();
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (beside.get(token, ME).status() != 200) {
                    assertThat(System.nanoTime()).as("it answers again").isLessThan(deadline);
                    Thread.onSpinWait();
                }
            }
        }
    }
}
