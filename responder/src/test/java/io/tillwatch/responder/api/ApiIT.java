package io.tillwatch.responder.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.javalin.http.HandlerType;
import io.tillwatch.responder.PeopleParts;
import io.tillwatch.responder.people.Keyset;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import io.tillwatch.responder.people.Samples;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, what nonsense gets for an answer, and that the description says what is served. */
class ApiIT {

    private static final Map<String, Role> PERSONS =
            Map.of("vera", Role.VIEWER, "otto", Role.OPERATOR, "ana", Role.APPROVER, "ada", Role.ADMIN);

    private static PeopleParts parts;
    private static JsonNode openApi;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        parts = new PeopleParts(directory);
        PeopleParts.Said said = parts.get(null, "/api/v1/openapi.yaml");
        assertThat(said.status()).isEqualTo(200);
        openApi = new ObjectMapper(new YAMLFactory()).readTree(said.text());
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    @Test
    void refusesEveryRouteWithoutATokenAndWithARoleThatIsTooSmall() {
        for (Route route : parts.server.routes()) {
            PeopleParts.Said without = call(null, route, "{}");
            if (!(route.access() instanceof Access.Needs needs)) {
                assertThat(without.status()).as(route.path()).isEqualTo(200);
                continue;
            }
            assertThat(without.status()).as("%s without a token", route.path()).isEqualTo(401);
            assertThat(without.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(without.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"tillwatch\"");
            PERSONS.forEach((name, role) -> {
                PeopleParts.Said said = call(name, route, "{}");
                if (new Person(name, Set.of(role)).may(needs.role())) {
                    assertThat(said.status()).as("%s as %s", route.path(), name).isNotIn(401, 403);
                } else {
                    assertThat(said.status()).as("%s as %s", route.path(), name).isEqualTo(403);
                    assertThat(said.code()).isEqualTo("FORBIDDEN");
                }
            });
        }
    }

    @Test
    void servesNothingThatIsNotDeclared() {
        Set<String> served = new TreeSet<>();
        parts.server.javalin().unsafe.internalRouter.allHttpHandlers().forEach(parsed -> {
            HandlerType method = parsed.endpoint.method;
            if (!method.equals(HandlerType.BEFORE)) {
                served.add(method.name() + " " + parsed.endpoint.path);
            }
        });

        assertThat(served).isEqualTo(declared());
    }

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        openApi.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(described).isEqualTo(declared());
        for (Route route : parts.server.routes()) {
            String role =
                    route.access() instanceof Access.Needs needs ? needs.role().name() : "";
            assertThat(operation(route).path("x-role").asText())
                    .as(route.path())
                    .isEqualTo(role);
        }
    }

    @Test
    void describesEachCodeAndRefersOnlyToWhatIsThere() {
        List<String> codes = new ArrayList<>();
        openApi.at("/components/schemas/Code/enum").forEach(code -> codes.add(code.asText()));

        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Code.values()).stream().map(Enum::name).toList());
        for (JsonNode reference : openApi.findValues("$ref")) {
            assertThat(openApi.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void understandsEveryExampleOfItsDescription() {
        int examples = 0;
        for (Route route : parts.server.routes()) {
            JsonNode example = operation(route).at("/requestBody/content/application~1json/example");
            if (example.isMissingNode()) {
                assertThat(route.takesBody())
                        .as(route.path() + " has an example")
                        .isFalse();
                continue;
            }
            String person = route.access().equals(Access.approver()) ? "ana" : "ada";
            PeopleParts.Said said = call(person, route, example.toString());
            assertThat(said.code()).as(route.path() + ": " + said.text()).isNotIn("BAD_REQUEST", "INTERNAL");
            examples++;
        }
        assertThat(examples).isEqualTo(10);
        // One example closes a switch, the next opens it.
        assertThat(parts.get("vera", "/api/v1/switches")
                        .json()
                        .at("/items/0/scope")
                        .asText())
                .isEqualTo("acquirer:acq-1");
    }

    @Test
    void describesEveryMemberOfItsAnswers() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        parts.alerts.take(List.of(Samples.alert(command.getPaymentId(), 1).build()));
        parts.keeper.sweep();

        JsonNode detail = parts.get("vera", PeopleParts.path(command, "")).json();
        described("CommandDetail", detail);
        described("CommandSummary", detail.get("command"));
        described("AlertSummary", detail.get("alert"));
        JsonNode file = parts.get(
                        "vera", "/api/v1/cases/" + detail.at("/command/caseId").asLong())
                .json();
        described("CaseDetail", file);
        described("CaseSummary", file.get("summary"));
        described("AuditRow", file.at("/audit/0"));
        described("Problem", parts.get("vera", "/api/v1/commands?limit=0").json());
    }

    private static void described(String schema, JsonNode value) {
        Set<String> members = new TreeSet<>();
        value.fieldNames().forEachRemaining(members::add);
        Set<String> described = new TreeSet<>();
        openApi.at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(described::add);

        assertThat(members).as(schema).isEqualTo(described);
    }

    @Test
    void answersNonsenseWithAProblemThatSaysWhatIsWrong() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        String approve = PeopleParts.path(command, "/approve");
        String[][] nonsense = {
            {"/api/v1/commands?state=NONE", "state: is none of"},
            {"/api/v1/commands?limit=0", "limit: is no whole number in 1..200"},
            {"/api/v1/commands?limit=201", "limit: is no whole number in 1..200"},
            {"/api/v1/commands?limit=9999999999999999999", "limit: is no whole number"},
            {"/api/v1/commands?limit=5&limit=6", "given 2 times"},
            {"/api/v1/commands?after=%00", "after: holds control characters"},
            {"/api/v1/commands?after=xyz", "after: is not what a page gave"},
            {"/api/v1/commands?token=secret", "not known here"},
            {"/api/v1/commands?receivedFrom=-1", "receivedFrom: is no whole number"},
            {"/api/v1/commands?open=perhaps", "open: is neither true nor false"},
            {"/api/v1/commands?paymentId=%20", "paymentId: has 1 characters"},
            {"/api/v1/cases?after=" + new Keyset(Instant.EPOCH, "x").encode(), "after: is not what a page"},
            {"/api/v1/audit/verification?id=1", "hash: is missing"},
        };
        for (String[] one : nonsense) {
            bad(parts.get("vera", one[0]), one[1]);
        }
        bad(parts.post("ana", approve, "{"), "body: is no JSON at line 1");
        bad(parts.post("ana", approve, "[]"), "body: is no JSON object");
        bad(parts.post("ana", approve, ""), "body: is no JSON object");
        bad(parts.post("ana", approve, "{\"contentHash\": 5}"), "contentHash: is no text");
        bad(parts.post("ana", approve, "{\"contentHash\": \"ab\"}"), "64 hexadecimal digits");
        bad(parts.post("ana", approve, "{\"contentHash\": \"zz\", \"contentHash\": \"yy\"}"), "body: is no JSON");
        bad(parts.post("ana", approve, "{\"other\": 1}"), "1 of the fields are not known");
        bad(
                parts.post("otto", "/api/v1/switches/close", "{\"scope\": \"some\", \"reason\": \"x\"}"),
                "scope: is none of");
        bad(
                parts.put(
                        "ada",
                        "/api/v1/budgets",
                        "{\"acquirerId\": \"a\", \"commandsPerMinute\": -1, \"amountPerHour\": 1.5}"),
                "amountPerHour: is no whole number");
        assertThat(parts.get("vera", "/api/v1/commands/%21%21").code()).isEqualTo("NOT_FOUND");
        assertThat(parts.get("vera", "/api/v1/cases/none").code()).isEqualTo("NOT_FOUND");
        assertThat(parts.get("vera", "/api/v1/cases/999999999999999999").code()).isEqualTo("NOT_FOUND");
    }

    private static void bad(PeopleParts.Said said, String what) {
        assertThat(said.status()).as(said.text()).isEqualTo(400);
        assertThat(said.response().headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
        assertThat(said.code()).isEqualTo("BAD_REQUEST");
        assertThat(said.json().get("errors").toString()).contains(what);
    }

    @Test
    void answersWhatTheServerItselfRefusesAsAProblemToo() {
        PeopleParts.Said none = parts.get("vera", "/api/v1/nothing");
        PeopleParts.Said method = parts.post("vera", "/api/v1/me", "{}");
        PeopleParts.Said large = parts.post("otto", "/api/v1/cases", "{\"alertId\": \"" + "x".repeat(70_000) + "\"}");
        PeopleParts.Said form = parts.send(
                "otto",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("alertId=x")),
                "/api/v1/cases");
        PeopleParts.Said header =
                parts.send("otto", HttpRequest.newBuilder().GET().header("X-Long", "x".repeat(20_000)), "/api/v1/me");
        PeopleParts.Said path = parts.get("vera", "/api/v1/commands/a%2fb");

        assertThat(none.code()).isEqualTo("NOT_FOUND");
        assertThat(method.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(large.code()).isEqualTo("TOO_LARGE");
        assertThat(form.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(header.status()).isEqualTo(431);
        for (PeopleParts.Said said : List.of(none, method, large, form, header, path)) {
            assertThat(said.response().headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
            assertThat(said.text()).doesNotContain("Jetty").doesNotContain("xxx");
            assertThat(said.json().get("status").asInt()).isBetween(400, 499);
        }
    }

    @Test
    void sendsHeadersThatKeepABrowserFromHarm() {
        for (PeopleParts.Said said :
                List.of(parts.get("vera", "/api/v1/me"), parts.get(null, "/api/v1/me"), parts.get(null, "/none"))) {
            assertThat(said.response().headers().map())
                    .containsKeys(
                            "X-Content-Type-Options",
                            "X-Frame-Options",
                            "Referrer-Policy",
                            "Content-Security-Policy",
                            "Cache-Control")
                    .doesNotContainKeys("Server", "X-Powered-By", "Set-Cookie");
        }
    }

    @Test
    void pagesThroughAllCommandsOnceWhateverComesMeanwhile() {
        String merchant = "m-pages";
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 7; i++) {
            all.add(receiveOf(merchant).getCommandId());
        }
        Set<String> seen = new TreeSet<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = parts.get("vera", "/api/v1/commands?merchantId=" + merchant + "&limit=3" + after)
                    .json();
            page.get("items")
                    .forEach(item ->
                            assertThat(seen.add(item.get("commandId").asText())).isTrue());
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asText();
            receiveOf(merchant);
            pages++;
        } while (!after.isEmpty());

        assertThat(seen).isEqualTo(all);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void filtersCommands() {
        Command command = receiveOf("m-filter");
        String base = "/api/v1/commands?merchantId=m-filter";
        String[][] filters = {
            {"&alertType=SETTLEMENT_FAILED", "1"},
            {"&alertType=SETTLEMENT_OVERDUE", "0"},
            {"&state=RECEIVED", "1"},
            {"&state=DONE", "0"},
            {"&open=true", "1"},
            {"&open=false", "0"},
            {"&awaitsApproval=true", "1"},
            {"&holdReason=SWITCH", "0"},
            {"&acquirerId=acq-1", "1"},
            {"&acquirerId=acq-2", "0"},
            {"&paymentId=" + command.getPaymentId(), "1"},
            {"&receivedBefore=1", "0"},
            {"&receivedFrom=1", "1"},
        };
        for (String[] filter : filters) {
            assertThat(parts.get("vera", base + filter[0]).json().get("items"))
                    .as(filter[0])
                    .hasSize(Integer.parseInt(filter[1]));
        }
    }

    @Test
    void saysWhoOneIs() {
        assertThat(parts.get("ana", "/api/v1/me").text()).isEqualTo("{\"person\":\"ana\",\"roles\":[\"APPROVER\"]}");
        assertThat(parts.get("tillwatch_wrong", "/api/v1/me").code()).isIn("UNAUTHENTICATED", "TOO_MANY_SIGN_INS");
    }

    @Test
    void countsWhatIsInTheJournal() {
        parts.receive(Samples.required(parts.payment(), 12_500).build());

        String metrics = parts.get("vera", "/metrics").text();

        assertThat(metrics)
                .containsPattern("tillwatch_journal_commands_open\\{state=\"RECEIVED\"} [1-9]")
                .contains("tillwatch_journal_readable 1.0")
                .contains("tillwatch_journal_count{of=\"in_flight\"} 0.0")
                .contains("tillwatch_journal_count{of=\"untold\"}")
                .contains("tillwatch_journal_commands_ended{result=\"DONE\"} 0.0");
    }

    private static Command receiveOf(String merchant) {
        Command.Builder builder = Samples.required(parts.payment(), 12_500);
        return parts.receive(builder.setOriginal(Original.newBuilder(builder.getOriginal())
                        .setMerchantId(merchant)
                        .build())
                .build());
    }

    private static PeopleParts.Said call(String person, Route route, String body) {
        HttpRequest.BodyPublisher publisher =
                route.takesBody() ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody();
        String path = route.path().replace("{ref}", "bm9uZQ").replace("{caseId}", "999999");
        return parts.send(
                person,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .method(route.method().name(), publisher),
                path);
    }

    private static JsonNode operation(Route route) {
        return openApi.get("paths")
                .path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT));
    }

    private static Set<String> declared() {
        Set<String> declared = new TreeSet<>();
        for (Route route : parts.server.routes()) {
            declared.add(route.method().name() + " " + route.path());
        }
        return declared;
    }

    @Test
    void tellsAnAddressThatFailsTooOftenToWaitAndStillLetsAGoodTokenIn() {
        List<Integer> statuses = new ArrayList<>();
        PeopleParts.Said last = null;
        for (int i = 0; i < 12; i++) {
            last = parts.get("tillwatch_" + HexFormat.of().toHexDigits(i), "/api/v1/me");
            statuses.add(last.status());
        }

        assertThat(statuses).endsWith(429);
        assertThat(last.code()).isEqualTo("TOO_MANY_SIGN_INS");
        assertThat(last.response().headers().firstValueAsLong("Retry-After").orElse(0))
                .isBetween(1L, 60L);
        assertThat(parts.get("vera", "/api/v1/me").status()).isEqualTo(200);
    }
}
