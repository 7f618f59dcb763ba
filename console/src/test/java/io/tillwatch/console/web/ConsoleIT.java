package io.tillwatch.console.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tillwatch.console.given.Await;
import io.tillwatch.console.given.Parts;
import io.tillwatch.console.given.Records;
import io.tillwatch.console.monitor.ConsoleMetrics;
import io.tillwatch.console.query.Alerts;
import io.tillwatch.console.responder.ResponderClient;
import io.tillwatch.schemas.record.OutcomeResult;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console as people use it: real Kafka, PostgreSQL, responder and, where it is installed, Chromium. */
@ExtendWith(Parts.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final int WAIT_MILLIS = 30_000;
    private static final long MEBIBYTES_MAX = 512;
    private static final String MARKUP = "<img src=x onerror=document.title='owned'>";
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private Scene scene;
    private Browsing browsing;

    @BeforeAll
    void start(Parts.Given parts) throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
        scene = new Scene(parts);
        given("p-four-eyes", Scene.FOUR_EYES_ABOVE + 1);
        given("p-reject", 500);
        given("p-shown", 12_500);
        marked();
        parts.flush();
        String vera = scene.cookie("vera");
        Await.until("the responder has the commands, and the console the alerts", () -> {
            String page = scene.get("/approvals", vera).body()
                    + scene.get("/alerts", vera).body();
            return page.split("p-reject", -1).length > 4 && page.contains("p-mark");
        });
        if (Browsing.chromium().isPresent()) {
            browsing = Browsing.start();
        }
    }

    @AfterAll
    void end() {
        if (browsing != null) {
            browsing.close();
        }
        scene.close();
    }

    /** A payment with an alert whose command waits for a person. */
    private void given(String paymentId, long amount) {
        scene.parts.write(
                scene.prefix, Records.authorization(paymentId, "e-" + paymentId).build());
        scene.parts.write(
                scene.prefix,
                Records.alert(paymentId, 1)
                        .setAmount(amount)
                        .setCommandId(Records.commandId(paymentId))
                        .build());
        scene.parts.write(scene.prefix, Records.command(paymentId, amount).build());
    }

    /** A payment with markup in every text that a feed can send. */
    private void marked() {
        scene.parts.write(
                scene.prefix,
                Records.authorization("p-mark" + MARKUP, "e" + MARKUP)
                        .setAcquirerId("a" + MARKUP)
                        .setMerchantId("m" + MARKUP)
                        .setTerminalId("t" + MARKUP)
                        .setResponseCode("c" + MARKUP)
                        .build());
        scene.parts.write(
                scene.prefix,
                Records.alert("p-mark" + MARKUP, 1)
                        .setAcquirerId("a" + MARKUP)
                        .setMerchantId("m" + MARKUP)
                        .setTerminalId("t" + MARKUP)
                        .setSubject("s" + MARKUP)
                        .build());
        scene.parts.write(
                scene.prefix,
                Records.outcome("p-mark" + MARKUP, OutcomeResult.ESCALATED)
                        .setDetail("d" + MARKUP)
                        .build());
    }

    private Page page(String person) {
        return page(person, Browsing.Look.usual());
    }

    private Page page(String person, Browsing.Look look) {
        Assumptions.assumeTrue(
                browsing != null, "no Chromium is installed, so no page is looked at: apt-get install chromium");
        return browsing.signedIn(scene.url(), scene.token(person), look);
    }

    private void go(Page page, String path) {
        page.navigate(scene.url() + path);
    }

    private static String commandPath(String paymentId) {
        return "/commands/" + ResponderClient.ref(Records.commandId(paymentId));
    }

    @Test
    void anAlertAppearsWithoutReload() {
        Page page = page("vera");
        go(page, "/alerts?q=p-live");
        assertThat(page.locator("#found")).hasText("0");
        page.evaluate("window.sameDocument = true");

        scene.parts.write(scene.prefix, Records.alert("p-live", 1).build());

        assertThat(page.locator("#found")).hasText("1");
        assertThat(page.locator("tr[data-alert^='p-live'] .badge.sev-CRITICAL")).hasText("Critical");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        page.context().close();
    }

    @Test
    void whoIsAtARowWithTheKeyboardStaysThereWhileTheListChanges() {
        scene.parts.write(
                scene.prefix,
                Records.alert("p-focus-1", 1).setMerchantId("m-focus").build());
        Page page = page("vera");
        go(page, "/alerts?merchant=m-focus");
        Locator link = page.locator("tr[data-alert^='p-focus-1'] a").first();
        link.focus();

        scene.parts.write(
                scene.prefix,
                Records.alert("p-focus-2", 1).setMerchantId("m-focus").build());

        assertThat(page.locator("#found")).hasText("2");
        assertThat(link).isFocused();
        page.context().close();
    }

    @Test
    void aPausedPageStaysAsItIs() {
        Page page = page("vera");
        go(page, "/alerts?q=p-paused");
        page.keyboard().press("p");
        assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "true");
        page.evaluate(
                "() => { window.heard = new Promise(done => document.body.addEventListener('live', () => done(true))); }");

        scene.parts.write(scene.prefix, Records.alert("p-paused", 1).build());

        page.evaluate("window.heard");
        assertThat(page.locator("#found")).hasText("0");
        page.keyboard().press("p");
        page.context().close();
    }

    @Test
    void whatIsAboveTheLimitTakesTwoPersonsAndThePageSaysWhatWillBeDone() {
        Page ana = page("ana");
        go(ana, commandPath("p-four-eyes"));
        assertThat(ana.locator("#what"))
                .containsText("Give back 1,000.01 EUR of payment p-four-eyes at acquirer acq-1");
        assertThat(ana.locator("#why")).containsText("wants a person");
        ana.click("#approve");
        assertThat(ana.locator(".notice.good").first()).containsText("Another person must, too");
        assertThat(ana.locator("#approve")).hasCount(0);

        Page bea = page("bea");
        go(bea, commandPath("p-four-eyes"));
        bea.click("#approve");
        assertThat(bea.locator(".notice.good").first()).hasText("Approved.");
        ana.context().close();
        bea.context().close();
    }

    @Test
    void aRejectedCommandEndsAndItsOutcomeIsOnThePaymentsPage() {
        Page ana = page("ana");
        go(ana, "/approvals");
        ana.locator("tr[data-command^='p-reject'] a").first().click();
        ana.fill("textarea[name=reason]", "refunded in cash " + MARKUP);
        ana.click("#reject");
        assertThat(ana.locator(".notice.good")).containsText("Rejected");
        assertThat(ana.locator("h1 .badge")).hasText("Failed");

        go(ana, "/payments/p-reject");
        assertThat(ana.locator(".tl-outcome .badge")).hasText("Failed");
        ana.context().close();
    }

    @Test
    void anOperatorClosesASwitchAndOnlyAnAdminOpensItAgain() {
        Page otto = page("otto");
        go(otto, "/controls");
        otto.fill("input[name=acquirerId]", "acq-9");
        otto.locator("form[action='/switches/close'] input[name=reason]").fill("answers nonsense");
        otto.click("#close");
        Locator row = otto.locator("tr[data-scope='acquirer:acq-9']");
        assertThat(row).containsText("Closed");
        assertThat(row).containsText("otto");
        assertThat(otto.locator("form[action='/switches/open']")).hasCount(0);

        Page ada = page("ada");
        go(ada, "/controls");
        Locator closed = ada.locator("tr[data-scope='acquirer:acq-9']");
        closed.locator("input[name=reason]").fill("mended");
        closed.locator("button").click();
        assertThat(ada.locator("tr[data-scope='acquirer:acq-9']")).containsText("Open");

        ada.locator("form[action='/budgets'] input[name=acquirerId]").fill("acq-9");
        ada.fill("input[name=commandsPerMinute]", "60");
        ada.fill("input[name=amountPerHour]", "5000000");
        ada.click("#set-budget");
        assertThat(ada.locator("tr[data-acquirer='acq-9']")).containsText("5,000,000");
        otto.context().close();
        ada.context().close();
    }

    @Test
    void aCaseIsOpenedAssignedNotedEscalatedAndExported() throws Exception {
        scene.parts.write(scene.prefix, Records.alert("p-case", 1).build());
        scene.parts.flush();
        Page otto = page("otto");
        Await.until("the responder has seen the alert", () -> {
            go(otto, "/payments/p-case");
            otto.locator("form[action='/cases'] button").first().click();
            return otto.url().contains("/cases/");
        });
        assertThat(otto.locator(".notice.good")).containsText("The case is open");
        otto.fill("input[name=assignee]", "otto");
        otto.click("#assign");
        assertThat(otto.locator("#assignee")).hasText("otto");
        otto.fill("textarea[name=text]", "The merchant says: " + MARKUP);
        otto.click("#note");
        assertThat(otto.locator(".note")).hasText("The merchant says: " + MARKUP);
        otto.locator("form[action$='/escalate'] input[name=reason]").fill("no answer");
        otto.click("#escalate");
        assertThat(otto.locator("#rung")).hasText("The acquirer");
        Download file = otto.waitForDownload(() -> otto.click("#export-json"));
        assertThat(Files.readString(file.path())).contains("p-case").contains("The merchant says");
        Download print = otto.waitForDownload(() -> otto.click("#export-html"));
        assertThat(Files.readString(print.path())).contains("p-case").doesNotContain(MARKUP);
        otto.context().close();
    }

    @Test
    void aPolicyIsWrittenWithWhoDidItAndWhyAndIsTakenBack() {
        Page ada = page("ada");
        go(ada, "/policies/scope?scope=merchant:m-7");
        ada.fill("input[name=settleWithin]", "soon");
        ada.locator("form[action='/policies'] input[name=reason]").fill("longer weekends");
        ada.click("#write");
        assertThat(ada.locator(".notice.bad")).containsText("settleWithin");

        ada.fill("input[name=settleWithin]", "PT120H");
        ada.selectOption("select[name=refundMode]", "OFF");
        ada.locator("form[action='/policies'] input[name=reason]").fill("longer weekends");
        ada.click("#write");
        assertThat(ada.locator(".notice.good")).containsText("The policy is written");
        Await.until("the change has come back from the topic", () -> {
            ada.reload();
            return ada.locator(".timeline li").count() == 1;
        });
        assertThat(ada.locator(".timeline li")).containsText("ada");
        assertThat(ada.locator(".timeline li")).containsText("longer weekends");
        assertThat(ada.locator("input[name=settleWithin]")).hasValue("PT120H");

        ada.locator("form[action='/policies/remove'] input[name=reason]").fill("no more");
        ada.click("#remove");
        assertThat(ada.locator(".notice.good")).isVisible();
        Await.until("the scope sets nothing", () -> {
            ada.reload();
            return ada.locator("form[action='/policies/remove']").count() == 0;
        });
        assertThat(ada.locator(".timeline li")).hasCount(2);
        ada.context().close();
    }

    @Test
    void nobodyIsLetInWhoMayNotBe() throws Exception {
        List<Route> routes;
        try (Pages pages =
                new Pages(scene.settings(), Jdbi.create(scene.database), Clock.systemUTC(), new ConsoleMetrics())) {
            routes = pages.server(() -> null).routes();
        }
        Map<String, Set<Role>> people = new LinkedHashMap<>();
        people.put("vera", Set.of(Role.VIEWER));
        people.put("otto", Set.of(Role.OPERATOR));
        people.put("ana", Set.of(Role.APPROVER));
        people.put("ada", Set.of(Role.ADMIN));
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String person : people.keySet()) {
            cookies.put(person, scene.cookie(person));
        }
        assertThat(routes).hasSizeGreaterThan(25);
        for (Route route : routes) {
            String path = route.path().replaceAll("\\{[a-zA-Z]+}", "1");
            String what = route.method() + " " + route.path();
            if (route.least().isEmpty()) {
                assertThat(path).as(what).startsWith("/health/");
                continue;
            }
            HttpResponse<String> stranger = ask(route, path, null);
            assertThat(stranger.statusCode()).as(what).isEqualTo(route.machines() ? 401 : 303);
            assertThat(stranger.headers().firstValue("Location").orElse(""))
                    .as(what)
                    .startsWith(route.machines() ? "" : "/sign-in");
            for (Map.Entry<String, Set<Role>> person : people.entrySet()) {
                HttpResponse<String> answer = ask(route, path, cookies.get(person.getKey()));
                boolean may = route.least().get().coveredBy(person.getValue());
                String as = what + " as " + person.getKey();
                if (route.method() == Route.Method.POST) {
                    // Whoever may is refused too, for the form does not repeat what only the page knows.
                    assertThat(answer.statusCode()).as(as).isEqualTo(403);
                    assertThat(answer.body().contains("came from elsewhere"))
                            .as(as)
                            .isEqualTo(may);
                } else {
                    assertThat(answer.statusCode() == 403).as(as).isEqualTo(!may);
                }
            }
        }
    }

    private HttpResponse<String> read(String path, String token) throws Exception {
        return scene.send(HttpRequest.newBuilder().header("Authorization", "Bearer " + token), path, null);
    }

    @Test
    void aMachineReadsTheFiguresWithATokenOfItsOwnAndNothingElse() throws Exception {
        HttpResponse<String> stranger = scene.get("/metrics", null);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(read("/metrics", scene.token("ada")).statusCode()).isEqualTo(401);
        assertThat(read("/metrics", "").statusCode()).isEqualTo(401);
        assertThat(read("/alerts", scene.metricsToken()).statusCode()).isEqualTo(303);
        HttpResponse<String> answer = read("/metrics", scene.metricsToken());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    }

    private double figure(String metric) throws Exception {
        return read("/metrics", scene.metricsToken())
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void theFiguresSayWhatIsAskedForAndHowFarTheTablesAreAndNameNobody() throws Exception {
        String payments = "tillwatch_console_request_seconds_count{route=\"GET /payments/{paymentId}\",status=\"200\"}";
        String elsewhere = "tillwatch_console_request_seconds_count{route=\"other\",status=\"404\"}";
        String unknown = "tillwatch_console_sign_ins_total{result=\"unknown\"}";
        String refused = "tillwatch_console_responder_call_seconds_count{result=\"refused\"}";
        double before = figure(payments);
        double unknownBefore = figure(unknown);
        double refusedBefore = figure(refused);
        String cookie = scene.cookie("vera");
        scene.get("/payments/p-shown", cookie);
        scene.get("/nowhere/p-shown", cookie);
        scene.post("/sign-in", null, "secret=somebody-else&to=/");

        Await.until("the page is counted", () -> figure(payments) > before);
        Await.until("the page that is not there is counted", () -> figure(elsewhere) > 0);
        assertThat(figure(unknown)).isGreaterThan(unknownBefore);
        assertThat(figure(refused)).isGreaterThan(refusedBefore);
        assertThat(figure("tillwatch_console_sign_ins_total{result=\"in\"}")).isPositive();
        assertThat(figure("tillwatch_console_responder_call_seconds_count{result=\"done\"}"))
                .isPositive();
        assertThat(figure("tillwatch_console_sessions")).isPositive();
        assertThat(figure("tillwatch_console_database_reachable")).isEqualTo(1);
        assertThat(figure("tillwatch_console_projection_records_total{topic=\"alerts\"}"))
                .isPositive();
        Await.until(
                "all is in the tables",
                () -> figure("tillwatch_console_projection_behind_records{topic=\"alerts\"}") == 0
                        && figure("tillwatch_console_projection_behind_seconds{topic=\"alerts\"}") < 10);
        String all = read("/metrics", scene.metricsToken()).body();
        assertThat(all).contains("jvm_memory_used_bytes{area=\"heap\"");
        assertThat(all).doesNotContain("p-shown").doesNotContain("vera").doesNotContain("acq-1");
    }

    private HttpResponse<String> ask(Route route, String path, String cookieOrNull) throws Exception {
        return route.method() == Route.Method.GET
                ? scene.get(path, cookieOrNull)
                : scene.post(path, cookieOrNull, "reason=x&csrf=guessed");
    }

    @Test
    void aFormOfAnotherSiteIsRefusedThoughItKnewTheCsrfValue() throws Exception {
        String cookie = scene.cookie("otto");
        String csrf =
                scene.get("/controls", cookie).body().replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf + "&kind=all&reason=x"));

        assertThat(scene.send(request, "/switches/close", cookie).statusCode()).isEqualTo(403);
        assertThat(scene.get("/controls", cookie).body()).doesNotContain("data-scope=\"all\"");
    }

    @Test
    void markupFromAFeedIsTextOnEveryPage() {
        Page page = page("ada");
        List<String> said = new ArrayList<>();
        page.onConsoleMessage(message -> said.add(message.text()));
        page.onDialog(dialog -> said.add("dialog"));
        String payment = "/payments/" + PageWords.url("p-mark" + MARKUP);
        for (String path :
                List.of("/", "/alerts?q=p-mark", payment, "/terminals", "/policies?x=" + PageWords.url(MARKUP))) {
            go(page, path);
            assertThat(page.locator("img").count()).as(path).isZero();
            assertThat(page.title()).as(path).isNotEqualTo("owned").endsWith("Tillwatch");
        }
        go(page, payment);
        String text = page.locator("main").innerText();
        for (String field : List.of("p-mark", "e", "a", "m", "t", "c", "s", "d")) {
            assertThat(text).contains(field + MARKUP);
        }
        assertThat(said).isEmpty();
        page.context().close();
    }

    @Test
    void noSecretIsInTheLogOrInAnAddressAndTheCookieIsKeptFromScripts() throws Exception {
        HttpResponse<String> signedIn = scene.post("/sign-in", null, "secret=" + scene.token("vera") + "&to=/alerts");
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(signedIn.headers().firstValue("Location")).contains("/alerts");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
        String id = cookie.replaceFirst(";.*", "").replaceFirst(".*=", "");
        HttpResponse<String> page = scene.get("/alerts", "tillwatch=" + id);
        assertThat(scene.post("/sign-in", null, "secret=wrong-" + scene.token("vera") + "&to=//evil.example")
                        .statusCode())
                .isEqualTo(401);
        assertThat(scene.get("/commands/" + scene.token("ana").substring(10), "tillwatch=" + id)
                        .statusCode())
                .isEqualTo(404);

        String log = Files.readString(scene.log());
        for (String secret : scene.secrets()) {
            assertThat(log).doesNotContain(secret);
            assertThat(page.body()).doesNotContain(secret);
        }
        assertThat(log).doesNotContain(id).doesNotContain(Records.CARD_TOKEN);
        assertThat(page.body()).doesNotContain(id);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void everyPageIsAccessibleInLightAndDarkOnAPhoneAndInChinese() throws Exception {
        String axe;
        try (InputStream in = ConsoleIT.class.getResourceAsStream(AXE)) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> paths = List.of(
                "/",
                "/alerts",
                "/payments/p-shown",
                "/approvals",
                commandPath("p-shown"),
                "/cases",
                "/cases/1",
                "/terminals",
                "/controls",
                "/policies",
                "/policies/scope?scope=*");
        for (Browsing.Look look : List.of(
                Browsing.Look.usual(), new Browsing.Look(true, 1280, "zh-Hans"), new Browsing.Look(true, 390, "en"))) {
            Page page = page("ana", look);
            for (String path : paths) {
                go(page, path);
                page.evaluate(axe);
                Object found = page.evaluate(
                        "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa']})"
                                + ".then(all => all.violations.map(one => one.id + ': ' + one.nodes.map(n => n.html).slice(0, 3)))");
                assertThat((List<?>) found).as(path + " " + look).isEmpty();
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(path + " is not wider than the screen, " + look)
                        .isLessThanOrEqualTo(look.width());
            }
            page.context().close();
        }
    }

    @Test
    void tenThousandAlertsAreAPageOfFiftyThatChangesAtMostTwiceASecond() throws Exception {
        Page page = page("vera");
        go(page, "/alerts?merchant=m-many");
        page.evaluate("window.swaps = 0; window.begun = performance.now();"
                + "document.body.addEventListener('htmx:afterSwap', () => window.swaps++);"
                + "window.rowsAdded = 0; window.elsewhere = 0; new MutationObserver(all => all.forEach(one => {"
                + "  if (!one.target.closest('#rows')) { window.elsewhere++; }"
                + "  one.addedNodes.forEach(node => { if (node.querySelectorAll) {"
                + "    window.rowsAdded += node.querySelectorAll('tbody tr').length; } });"
                + "})).observe(document.querySelector('main'), {subtree: true, childList: true})");
        int alerts = 10_000;
        for (int i = 0; i < alerts; i++) {
            scene.parts.write(
                    scene.prefix,
                    Records.alert("p-many-" + i, 1).setMerchantId("m-many").build());
        }
        scene.parts.flush();

        assertThat(page.locator("#found")).hasText("10,000");
        assertThat(page.locator("#rows tbody tr")).hasCount(50);
        Number beats = (Number)
                page.evaluate("Math.ceil((performance.now() - window.begun) / " + Live.BEAT.toMillis() + ") + 1");
        assertThat(((Number) page.evaluate("window.swaps")).intValue())
                .isPositive()
                .isLessThanOrEqualTo(beats.intValue());
        int rowsPerUpdate = Alerts.PAGE_ROWS;
        assertThat(page.evaluate("window.rowsAdded <= window.swaps * " + rowsPerUpdate))
                .as("an update brings a page of rows, however many alerts there are")
                .isEqualTo(true);
        assertThat(page.evaluate("window.elsewhere"))
                .as("an update leaves the rest of the page as it is")
                .isEqualTo(0);
        assertThat(scene.consolePeakMebibytes().orElse(0)).isLessThan(MEBIBYTES_MAX);
        page.click("#next");
        assertThat(page.locator("#rows tbody tr")).hasCount(50);
        page.context().close();
    }

    @Test
    void aViewerSeesTimesInTheirZoneAndChoosesLanguageAndColours() {
        Page page = page("vera");
        go(page, "/payments/p-shown");
        Locator time = page.locator("time").first();
        String utc = time.getAttribute("title");
        int hourUtc = Integer.parseInt(utc.substring(11, 13));
        int hour = Integer.parseInt(time.innerText().substring(11, 13));
        assertThat(utc).endsWith(" UTC");
        assertThat(hour).isEqualTo((hourUtc + 8) % 24);

        page.selectOption("select[name=language]", "zh-Hans");
        assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
        page.selectOption("select[name=theme]", "dark");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.url()).isEqualTo(scene.url() + "/payments/p-shown");
        page.context().close();
    }
}
