package io.tillwatch.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tillwatch.console.given.Await;
import io.tillwatch.console.given.Parts;
import io.tillwatch.console.given.Records;
import io.tillwatch.console.responder.ResponderClient;
import io.tillwatch.identity.IdentityProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in at an OpenID provider: a real one, a real responder, and, where it is installed, Chromium. */
@ExtendWith(Parts.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInElsewhereIT {

    private static final String APPROVERS = "{\"groups\": [\"till-approvers\", \"cyclists\"]}";
    private static final String CALLBACK = "/sign-in/oidc/callback";

    private final IdentityProvider provider = new IdentityProvider("tillwatch");
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final List<String> secrets = new ArrayList<>();
    private Scene scene;

    @BeforeAll
    void start(Parts.Given parts) throws Exception {
        provider.start();
        scene = new Scene(parts, provider);
        for (String payment : List.of("p-elsewhere", "p-both")) {
            long amount = payment.equals("p-both") ? Scene.FOUR_EYES_ABOVE + 1 : 500;
            parts.write(scene.prefix, Records.alert(payment, 1).build());
            parts.write(scene.prefix, Records.command(payment, amount).build());
        }
        parts.flush();
        String vera = scene.cookie("vera");
        Await.until("the responder has the commands", () -> {
            String page = scene.get("/approvals", vera).body();
            return page.contains("p-elsewhere") && page.contains("p-both");
        });
    }

    @AfterAll
    void end() {
        scene.close();
        provider.close();
    }

    @AfterEach
    void behaves() {
        provider.forge(Map.of());
        provider.giveFor(Duration.ofHours(1));
        provider.refuseToRefresh(false);
    }

    /** A sign-in that was begun: where it goes, and what the browser keeps of it. */
    private record Begun(String at, String cookie) {
        String value(String name) {
            return at.replaceFirst(".*[?&]" + name + "=([^&]*).*", "$1");
        }
    }

    private Begun begin(String to) throws Exception {
        HttpResponse<String> answer = scene.get("/sign-in/oidc?to=" + PageWords.url(to), null);
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
        return new Begun(answer.headers().firstValue("Location").orElseThrow(), cookie.replaceFirst(";.*", ""));
    }

    /** Somebody fills the provider's page in; where it sends them back to. */
    private String signInThere(Begun begun, String subject, String claims) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(begun.at()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + subject + "&claims=" + PageWords.url(claims)))
                .build();
        String back = client.send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(back).startsWith(scene.url() + CALLBACK + "?");
        secrets.add(back.replaceFirst(".*[?&]code=([^&]*).*", "$1"));
        return back.substring(scene.url().length());
    }

    private static String session(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .filter(cookie -> cookie.startsWith("tillwatch=") && cookie.length() > 20)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> signIn(String subject, String claims, String to) throws Exception {
        Begun begun = begin(to);
        return scene.get(signInThere(begun, subject, claims), begun.cookie());
    }

    private void refused(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text).doesNotContain("code=");
        assertThat(session(answer)).isEmpty();
    }

    @Test
    void aPersonSignsInElsewhereApprovesAsThemselvesAndSignsOutThereToo() {
        Assumptions.assumeTrue(Browsing.chromium().isPresent(), "no Chromium is installed: apt-get install chromium");
        try (Browsing browsing = Browsing.start()) {
            Page page = browsing.page(Browsing.Look.usual());
            page.navigate(scene.url() + "/approvals");
            assertThat(page.locator("#issuer")).hasText("Sign in with Example Login");
            assertThat(Browsing.flawsFor(page)).isEmpty();
            page.selectOption("select[name=language]", "zh-Hans");
            assertThat(page.locator("#issuer")).hasText("使用Example Login登录");
            page.selectOption("select[name=language]", "en");

            page.click("#issuer");
            page.fill("[name=username]", "s-ana");
            page.fill("[name=claims]", APPROVERS);
            page.click("input[type=submit]");
            page.waitForURL(scene.url() + "/approvals");
            assertThat(page.locator(".person")).hasText("ana");

            page.navigate(scene.url() + command("p-elsewhere"));
            page.click("#approve");
            assertThat(page.locator(".notice.good").first()).hasText("Approved.");
            assertThat(page.locator("main")).containsText("ana");
            page.navigate(scene.url() + "/controls");
            assertThat(page.locator("form[action='/switches/close']")).hasCount(1);
            assertThat(page.locator("form[action='/budgets']")).hasCount(0);

            page.click("form[action='/sign-out'] button");
            page.waitForURL(scene.url() + "/sign-in");
            String signedOut = provider.addresses().stream()
                    .filter(address -> address.contains("/endsession"))
                    .findFirst()
                    .orElseThrow();
            assertThat(signedOut)
                    .contains("client_id=tillwatch-console")
                    .contains("post_logout_redirect_uri=")
                    .doesNotContain("token");
            page.navigate(scene.url() + "/approvals");
            assertThat(page.locator("#issuer")).isVisible();
            page.context().close();
        }
    }

    private static String command(String paymentId) {
        return "/commands/" + ResponderClient.ref(Records.commandId(paymentId));
    }

    @Test
    void whoeverApprovedWithATokenCannotApproveAsTheSubjectThatTheyAreElsewhere() throws Exception {
        String own = scene.cookie("bea");
        String elsewhere = session(signIn("s-bea", APPROVERS, "/"));
        assertThat(approve(own)).contains("Another person must, too");
        assertThat(scene.get(command("p-both"), elsewhere).body()).doesNotContain("id=\"approve\"");
        assertThat(approve(elsewhere)).contains("Not done: you have approved it already");
    }

    private String approve(String cookie) throws Exception {
        String page = scene.get("/controls", cookie).body();
        String csrf = page.replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        String hash = scene.get(command("p-both"), scene.cookie("ana"))
                .body()
                .replaceFirst("(?s).*name=\"hash\" value=\"([^\"]+)\".*", "$1");
        scene.post(command("p-both") + "/approve", cookie, "csrf=" + csrf + "&hash=" + hash);
        return scene.get(command("p-both"), cookie).body();
    }

    @Test
    void asksWithPkceStateNonceAndTheRedirectToTheLetterAndEachTimeAnew() throws Exception {
        Begun one = begin("/alerts");
        Begun other = begin("/alerts");

        assertThat(one.at()).startsWith(provider.issuer() + "/authorize?");
        assertThat(URLDecoder.decode(one.value("redirect_uri"), StandardCharsets.UTF_8))
                .isEqualTo(scene.url() + CALLBACK);
        assertThat(one.value("code_challenge_method")).isEqualTo("S256");
        assertThat(one.value("response_type")).isEqualTo("code");
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertThat(one.value(name)).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(other.value(name));
            assertThat(one.cookie()).doesNotContain(one.value(name));
        }
        String back = signInThere(one, "s-ana", APPROVERS);
        assertThat(scene.get(back, one.cookie()).statusCode()).isEqualTo(303);
        assertThat(provider.lastTokenForm())
                .contains("code_verifier=")
                .contains("redirect_uri=" + one.value("redirect_uri"))
                .doesNotContain(Scene.CLIENT_SECRET);
    }

    @Test
    void nobodyIsSignedInByAnAnswerThatTheirBrowserDidNotAskFor() throws Exception {
        Begun mine = begin("/");
        Begun another = begin("/");
        String back = signInThere(mine, "s-ana", APPROVERS);
        int asked = provider.asked("token");

        refused(scene.get(back, null), 400, "begun elsewhere");
        refused(scene.get(back, another.cookie()), 400, "begun elsewhere");
        refused(scene.get(back.replaceFirst("state=[^&]*", "state=forged"), mine.cookie()), 400, "begun elsewhere");
        refused(scene.get(back + "&state=forged", mine.cookie()), 400, "begun elsewhere");
        refused(scene.get(CALLBACK, mine.cookie()), 400, "begun elsewhere");
        refused(scene.get(back, mine.cookie() + "x"), 400, "begun elsewhere");
        assertThat(provider.asked("token")).as("no code is tried").isEqualTo(asked);
        assertThat(session(scene.get(back, mine.cookie()))).isNotEmpty();
        refused(scene.get(back, mine.cookie()), 400, "over already");
    }

    @Test
    void aCodeThatWasUsedSignsNobodyIn() throws Exception {
        Begun mine = begin("/");
        String back = signInThere(mine, "s-ana", APPROVERS);
        assertThat(session(scene.get(back, mine.cookie()))).isNotEmpty();

        Begun mallorys = begin("/");
        String replayed = back.replaceFirst("state=[^&]*", "state=" + mallorys.value("state"));
        refused(scene.get(replayed, mallorys.cookie()), 401, "could not be believed");
    }

    @Test
    void aCodeOfAnotherAttemptSignsNobodyIn() throws Exception {
        Begun victims = begin("/");
        String code = signInThere(victims, "s-ana", APPROVERS).replaceFirst(".*[?&]code=([^&]*).*", "$1");

        Begun mallorys = begin("/");
        HttpResponse<String> answer =
                scene.get(CALLBACK + "?code=" + code + "&state=" + mallorys.value("state"), mallorys.cookie());
        refused(answer, 401, "could not be believed");
    }

    @Test
    void anIdentityTokenIsBelievedOnlyAsAnHonestIssuerGivesItForTheAttempt() throws Exception {
        Map<String, Object> wrongs = Map.of(
                "nonce",
                "another",
                "aud",
                List.of("payroll"),
                "iss",
                "https://login.example",
                "exp",
                Date.from(Instant.now().minusSeconds(120)),
                "iat",
                Date.from(Instant.now().plusSeconds(120)));
        for (Map.Entry<String, Object> wrong : wrongs.entrySet()) {
            provider.forge(Map.of(wrong.getKey(), wrong.getValue()));
            refused(signIn("s-ana", APPROVERS, "/"), 401, "could not be believed");
        }
        provider.forge(Map.of());
        assertThat(session(signIn("s-ana", APPROVERS, "/"))).isNotEmpty();
    }

    @Test
    void whoHasNoRoleOrIsNotLetInThereGetsNoSession() throws Exception {
        refused(signIn("s-eve", "{\"groups\": [\"cyclists\"]}", "/"), 403, "You have no role");

        Begun begun = begin("/");
        String denied = CALLBACK + "?error=access_denied&state=" + begun.value("state");
        refused(scene.get(denied, begun.cookie()), 401, "did not let you in");
    }

    @Test
    void aSignInLeadsNowhereElseAndBeginsASessionThatNobodyKnewBefore() throws Exception {
        String known = scene.cookie("vera");
        for (String evil : List.of("//evil.example", "https://evil.example", "/\\evil.example")) {
            assertThat(signIn("s-ana", APPROVERS, evil).headers().firstValue("Location"))
                    .contains("/");
        }
        Begun begun = begin("/alerts?page=2");
        HttpResponse<String> answer = scene.get(signInThere(begun, "s-ana", APPROVERS), known + "; " + begun.cookie());

        assertThat(answer.headers().firstValue("Location")).contains("/alerts?page=2");
        assertThat(session(answer)).isNotEmpty().isNotEqualTo(known);
        assertThat(scene.get("/alerts", known).statusCode()).isEqualTo(303);
        assertThat(scene.get("/alerts", session(answer)).body()).contains(">ana<");

        HttpRequest.Builder fromElsewhere = HttpRequest.newBuilder().GET().header("Sec-Fetch-Site", "cross-site");
        assertThat(scene.send(fromElsewhere, "/sign-in/oidc", null).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSessionGoesOnWithRefreshedTokensAndEndsWhenTheIssuerGivesNoMore() throws Exception {
        provider.giveFor(Duration.ofSeconds(3));
        String session = session(signIn("s-ana", APPROVERS, "/"));
        int asked = provider.asked("token");

        Await.until("tokens were refreshed twice, and the session goes on", () -> {
            assertThat(scene.get("/approvals", session).statusCode()).isEqualTo(200);
            return provider.asked("token") >= asked + 2;
        });
        assertThat(provider.lastTokenForm()).contains("grant_type=refresh_token");

        provider.refuseToRefresh(true);
        Await.until(
                "the session has ended",
                () -> scene.get("/approvals", session)
                        .headers()
                        .firstValue("Location")
                        .orElse("")
                        .startsWith("/sign-in"));
        provider.refuseToRefresh(false);
        assertThat(scene.get("/approvals", session).statusCode()).isEqualTo(303);
    }

    @Test
    void anIssuerThatIsAwayEndsNoSessionAndLetsNobodyInAndOwnTokensStayGood() throws Exception {
        provider.giveFor(Duration.ofSeconds(2));
        String session = session(signIn("s-ana", APPROVERS, "/"));
        Begun begun = begin("/");
        String back = signInThere(begun, "s-ana", APPROVERS);
        provider.stop();
        try {
            refused(scene.get(back, begun.cookie()), 503, "does not answer");
            Await.until("the token has ended", () -> {
                HttpResponse<String> answer = scene.get("/approvals", session);
                return answer.statusCode() == 503 && answer.body().contains("must be asked anew");
            });
            assertThat(scene.get("/approvals", scene.cookie("vera")).statusCode())
                    .isEqualTo(200);
        } finally {
            provider.start();
        }
        Await.until("the issuer is asked again, and what it then says counts", () -> {
            HttpResponse<String> answer = scene.get("/approvals", session);
            return answer.statusCode() != 503;
        });
    }

    @Test
    void noCodeTokenOrSecretIsInALogOrInAnAddress() throws Exception {
        String session = session(signIn("s-ana", APPROVERS, "/alerts"));
        provider.forge(Map.of("nonce", "another"));
        refused(signIn("s-ana", APPROVERS, "/"), 401, "could not be believed");
        String page = scene.get("/alerts", session).body();

        String logs = Files.readString(scene.log()) + Files.readString(scene.responderLog());
        assertThat(logs).contains("nobody is signed in by the issuer");
        assertThat(logs + page + provider.addresses()).doesNotContain(Scene.CLIENT_SECRET);
        assertThat(logs + page).doesNotContain("eyJ");
        assertThat(provider.addresses().toString()).doesNotContain("eyJ");
        assertThat(secrets).hasSizeGreaterThan(1);
        for (String code : secrets) {
            assertThat(logs + page).doesNotContain(code);
        }
    }
}
