package io.tillwatch.responder.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.responder.PeopleParts;
import io.tillwatch.responder.journal.Claim;
import io.tillwatch.responder.journal.End;
import io.tillwatch.responder.journal.Turn;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Original;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases and the alerts that they are about, over HTTP and with a real PostgreSQL. */
class CasesIT {

    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=\"x()\"> & ' </td>";

    private static PeopleParts parts;

    @BeforeAll
    static void start(@TempDir Path directory) {
        parts = new PeopleParts(directory);
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    @Test
    void opensOneCaseForACommandThatWaitsForAPersonHoweverManySweep() throws Exception {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        List<Thread> sweepers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sweepers.add(new Thread(parts.keeper::sweep));
        }
        sweepers.forEach(Thread::start);
        for (Thread sweeper : sweepers) {
            sweeper.join();
        }

        JsonNode cases = casesOf(command);
        assertThat(cases).hasSize(1);
        assertThat(cases.at("/0/openedWhy").asText()).isEqualTo("APPROVAL");
        assertThat(cases.at("/0/rung").asText()).isEqualTo("MERCHANT");
        assertThat(cases.at("/0/overdue").asBoolean()).isFalse();
        assertThat(verbs(cases.at("/0/caseId").asLong())).containsExactly("CASE_OPENED");
        assertThat(parts.get("vera", PeopleParts.path(command, "")).json().at("/command/caseId"))
                .isEqualTo(cases.at("/0/caseId"));
    }

    @Test
    void opensACaseForAnEscalatedCommandAndNoneForAnotherAutomaticOne() {
        Command escalated =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        Command automatic =
                parts.receive(Samples.automatic(parts.payment(), 12_500).build());
        end(escalated, End.escalated("ATTEMPTS_SPENT: nothing is known"));
        parts.keeper.sweep();

        assertThat(casesOf(escalated).at("/0/openedWhy").asText()).isEqualTo("ESCALATED");
        assertThat(casesOf(automatic)).isEmpty();
    }

    @Test
    void closesTheCaseOfAnApprovalOnceItsCommandIsDone() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        parts.keeper.sweep();
        parts.decisions.approve(PeopleParts.ANA, command.getCommandId(), PeopleParts.hash(command));
        end(command, End.done(12_500, "sim-1", "DONE", OptionalLong.empty()));
        parts.keeper.sweep();

        JsonNode file = casesOf(command).get(0);
        assertThat(file.get("resolution").asText()).isEqualTo("REMEDIED");
        assertThat(file.get("closedBy").asText()).isEqualTo("responder");
    }

    @Test
    void walksUpTheLadderOneRungAtATimeAndNoFurther() {
        long caseId = newCase();
        String escalate = "/api/v1/cases/" + caseId + "/escalate";
        String[] rungs = {"MERCHANT", "ACQUIRER", "SCHEME_OR_INSTITUTION", "REGULATOR"};
        long due = 0;
        for (int i = 0; i + 1 < rungs.length; i++) {
            PeopleParts.Said said = parts.post("otto", escalate, Map.of("from", rungs[i], "reason", "no answer"));
            assertThat(said.json().get("rung").asText()).isEqualTo(rungs[i + 1]);
            assertThat(said.json().get("dueAt").asLong()).isGreaterThan(due);
            due = said.json().get("dueAt").asLong();
        }

        Map<String, String> again = Map.of("from", "MERCHANT", "reason", "no answer");
        Map<String, String> above = Map.of("from", "REGULATOR", "reason", "no answer");
        assertThat(parts.post("otto", escalate, again).code()).isEqualTo("RUNG_DIFFERS");
        assertThat(parts.post("otto", escalate, above).code()).isEqualTo("LADDER_TOP");
        assertThat(verbs(caseId)).containsExactly("CASE_OPENED", "CASE_ESCALATED", "CASE_ESCALATED", "CASE_ESCALATED");
    }

    @Test
    void showsAndCountsWhatIsOverdue() {
        long caseId = newCase();
        parts.jdbi.useHandle(handle ->
                handle.execute("UPDATE case_file SET due_at = now() - interval '1 hour' WHERE case_id = ?", caseId));

        JsonNode overdue =
                parts.get("vera", "/api/v1/cases?overdue=true").json().get("items");

        assertThat(overdue).hasSize(1);
        assertThat(overdue.at("/0/caseId").asLong()).isEqualTo(caseId);
        assertThat(parts.get("vera", "/metrics").text()).contains("tillwatch_cases_overdue{rung=\"MERCHANT\"} 1.0");
        parts.jdbi.useHandle(handle ->
                handle.execute("UPDATE case_file SET due_at = now() + interval '1 hour' WHERE case_id = ?", caseId));
    }

    @Test
    void doesWhatPeopleDoWithACaseUntilItIsClosed() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        parts.keeper.sweep();
        long caseId = casesOf(command).at("/0/caseId").asLong();
        String base = "/api/v1/cases/" + caseId;
        Map<String, String> close = Map.of("resolution", "WRITTEN_OFF", "reason", "too old");

        assertThat(parts.post("otto", base + "/assign", Map.of("assignee", "nobody"))
                        .code())
                .isEqualTo("UNKNOWN_PERSON");
        assertThat(parts.post("otto", base + "/assign", Map.of("assignee", "vera"))
                        .code())
                .isEqualTo("UNKNOWN_PERSON");
        assertThat(parts.post("otto", base + "/assign", Map.of("assignee", "ana"))
                        .json()
                        .get("assignee")
                        .asText())
                .isEqualTo("ana");
        assertThat(parts.post("otto", base + "/note", Map.of("text", "card 4111-1111-1111-1111"))
                        .code())
                .isEqualTo("CARD_NUMBER");
        assertThat(parts.post("otto", base + "/note", Map.of("text", "first")).status())
                .isEqualTo(200);
        assertThat(parts.post("otto", base + "/note", Map.of("text", "second")).status())
                .isEqualTo(200);
        assertThat(parts.post("otto", base + "/close", close).code()).isEqualTo("COMMAND_OPEN");
        assertThat(parts.post("ana", PeopleParts.path(command, "/reject"), Map.of("reason", "settled by hand"))
                        .status())
                .isEqualTo(200);
        assertThat(parts.post("otto", base + "/close", close)
                        .json()
                        .get("resolution")
                        .asText())
                .isEqualTo("WRITTEN_OFF");
        assertThat(parts.post("otto", base + "/note", Map.of("text", "third")).code())
                .isEqualTo("CASE_CLOSED");
        assertThat(parts.get("vera", base).json().get("notes")).hasSize(2);
        assertThat(verbs(caseId))
                .containsExactly("CASE_OPENED", "CASE_ASSIGNED", "CASE_NOTED", "CASE_NOTED", "CASE_CLOSED");
    }

    @Test
    void opensACaseForAnAlertWithoutCommandOnDemandAndKeepsItsEvidence() {
        String payment = parts.payment();
        Alert raised = withoutCommand(payment, 1, AlertStatus.RAISED);
        Map<String, String> alert = Map.of("alertId", raised.getAlertId());
        assertThat(parts.post("otto", "/api/v1/cases", alert).code()).isEqualTo("NOT_FOUND");
        parts.alerts.take(List.of(raised));

        PeopleParts.Said first = parts.post("otto", "/api/v1/cases", alert);
        PeopleParts.Said second = parts.post("ana", "/api/v1/cases", alert);
        parts.alerts.take(List.of(withoutCommand(payment, 2, AlertStatus.RAISED)));
        parts.alerts.take(List.of(raised, withoutCommand(payment, 3, AlertStatus.CLEARED)));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.json().get("caseId")).isEqualTo(first.json().get("caseId"));
        JsonNode file = parts.get(
                        "vera", "/api/v1/cases/" + first.json().get("caseId").asLong())
                .json();
        assertThat(file.at("/alert/stands").asBoolean()).isFalse();
        assertThat(file.at("/alert/revision").asInt()).isEqualTo(3);
        assertThat(file.get("evidence")).hasSize(3);
        assertThat(file.at("/evidence/0/content/alertId").asText()).isEqualTo(raised.getAlertId());
    }

    @Test
    void keepsOnlyAlertsThatSomebodyMayHaveToLookAt() {
        String payment = parts.payment();
        parts.alerts.take(List.of(withoutCommand(payment, 1, AlertStatus.CLEARED)));
        assertThat(parts.alerts.find(
                        withoutCommand(payment, 1, AlertStatus.RAISED).getAlertId()))
                .isEmpty();

        parts.alerts.take(List.of(withoutCommand(payment, 2, AlertStatus.RAISED)));
        assertThat(parts.get("vera", "/api/v1/alerts?withoutCommand=true&paymentId=" + payment)
                        .json()
                        .get("items"))
                .hasSize(1);

        parts.alerts.take(List.of(withoutCommand(payment, 3, AlertStatus.CLEARED)));
        assertThat(parts.alerts.find(
                        withoutCommand(payment, 3, AlertStatus.RAISED).getAlertId()))
                .isEmpty();
    }

    @Test
    void showsOnTheCommandWhetherItsAlertStillStands() {
        Command command =
                parts.receive(Samples.required(parts.payment(), 12_500).build());
        assertThat(parts.get("vera", PeopleParts.path(command, ""))
                        .json()
                        .get("alert")
                        .isNull())
                .isTrue();

        parts.alerts.take(List.of(Samples.alert(command.getPaymentId(), 2).build()));
        parts.alerts.take(List.of(Samples.alert(command.getPaymentId(), 1)
                .setStatus(AlertStatus.CLEARED)
                .build()));
        assertThat(stands(command)).isTrue();

        parts.alerts.take(List.of(Samples.alert(command.getPaymentId(), 3)
                .setStatus(AlertStatus.CLEARED)
                .build()));
        assertThat(stands(command)).isFalse();
    }

    @Test
    void forgetsAlertsThatWereNotSeenForLongUnlessTheirCaseIsOpen() {
        String seen = parts.payment();
        String open = parts.payment();
        parts.alerts.take(List.of(Samples.alert(seen, 1).build(), withoutCommand(open, 1, AlertStatus.RAISED)));
        parts.cases.open(
                PeopleParts.OTTO, withoutCommand(open, 1, AlertStatus.RAISED).getAlertId());
        parts.jdbi.useHandle(handle -> handle.execute(
                "UPDATE alert_view SET seen_at = now() - interval '121 days' WHERE payment_id IN (?, ?)", seen, open));

        assertThat(parts.keeper.sweep().alertsForgotten()).isEqualTo(1);

        assertThat(parts.alerts.find(Samples.alert(seen, 1).getAlertId())).isEmpty();
        assertThat(parts.alerts.find(withoutCommand(open, 1, AlertStatus.RAISED).getAlertId()))
                .isPresent();
    }

    @Test
    void showsMarkupInAnyTextOfTheExportAsText() {
        String payment = parts.payment() + MARKUP;
        Command.Builder builder = Samples.required(payment, 12_500);
        builder.setOriginal(Original.newBuilder(builder.getOriginal())
                .setAcquirerId("a" + MARKUP)
                .setMerchantId("m" + MARKUP)
                .setTerminalId("t" + MARKUP)
                .setCardToken("tok" + MARKUP)
                .build());
        Command command = parts.receive(builder.build());
        parts.alerts.take(List.of(Samples.alert(payment, 1)
                .setAcquirerId("a" + MARKUP)
                .setSubject("c" + MARKUP)
                .build()));
        parts.keeper.sweep();
        long caseId = parts.get("vera", PeopleParts.path(command, ""))
                .json()
                .at("/command/caseId")
                .asLong();
        String base = "/api/v1/cases/" + caseId;
        parts.post("otto", base + "/note", Map.of("text", "note " + MARKUP));
        parts.post("otto", base + "/escalate", Map.of("from", "MERCHANT", "reason", "reason " + MARKUP));
        parts.post("ana", PeopleParts.path(command, "/reject"), Map.of("reason", "reject " + MARKUP));
        parts.post("otto", base + "/close", Map.of("resolution", "NO_FAULT", "reason", "close " + MARKUP));

        PeopleParts.Said said = parts.get("vera", base + "/export.html");

        assertThat(said.response().headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(said.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .startsWith("default-src 'none'; style-src 'sha256-");
        String html = said.text();
        assertThat(html)
                .contains("note &lt;script&gt;")
                .contains("reject &lt;script&gt;")
                .contains("@page{size:A4");
        assertThat(html).contains("close &lt;script&gt;").contains("reason &lt;script&gt;");
        // Every tag that is there is one of the page's own, with no attribute but those.
        List<String> tags = Arrays.stream(html.split("<"))
                .skip(1)
                .map(tag -> tag.substring(0, tag.indexOf('>')))
                .distinct()
                .sorted()
                .toList();
        assertThat(tags)
                .isSubsetOf(
                        "!DOCTYPE html",
                        "html lang=\"en\"",
                        "/html",
                        "head",
                        "/head",
                        "meta charset=\"utf-8\"",
                        "title",
                        "/title",
                        "style",
                        "/style",
                        "body",
                        "/body",
                        "h1",
                        "/h1",
                        "h2",
                        "/h2",
                        "table",
                        "/table",
                        "thead",
                        "/thead",
                        "tbody",
                        "/tbody",
                        "tr",
                        "/tr",
                        "th",
                        "th scope=\"row\"",
                        "/th",
                        "td",
                        "/td",
                        "pre",
                        "/pre",
                        "p",
                        "p class=\"note\"",
                        "/p",
                        "b",
                        "/b");
        PeopleParts.Said json = parts.get("vera", base + "/export.json");
        assertThat(json.response().headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"case-" + caseId + ".json\"");
        assertThat(json.json().at("/notes/0/text").asText()).isEqualTo("note " + MARKUP);
    }

    private static boolean stands(Command command) {
        return parts.get("vera", PeopleParts.path(command, ""))
                .json()
                .at("/alert/stands")
                .asBoolean();
    }

    private static long newCase() {
        Alert alert = withoutCommand(parts.payment(), 1, AlertStatus.RAISED);
        parts.alerts.take(List.of(alert));
        return parts.post("otto", "/api/v1/cases", Map.of("alertId", alert.getAlertId()))
                .json()
                .get("caseId")
                .asLong();
    }

    private static Alert withoutCommand(String payment, int revision, AlertStatus status) {
        return Samples.alert(payment, revision)
                .setAlertId(payment + ":AMOUNT_CONFLICT:c-1")
                .setType(AlertType.AMOUNT_CONFLICT)
                .setStatus(status)
                .setAmount(null)
                .setCurrency(null)
                .setCommandId(null)
                .build();
    }

    private static void end(Command command, End end) {
        Claim claim = ((Turn.Taken) parts.journal.take(command.getCommandId())).claim();
        assertThat(parts.journal.end(claim, claim.exchange(), end)).isTrue();
    }

    private static JsonNode casesOf(Command command) {
        return parts.get("vera", "/api/v1/cases?paymentId=" + command.getPaymentId())
                .json()
                .get("items");
    }

    private static List<String> verbs(long caseId) {
        return parts.jdbi.withHandle(
                handle -> handle.createQuery("SELECT verb FROM audit WHERE subject = ? ORDER BY id")
                        .bind(0, "case:" + caseId)
                        .mapTo(String.class)
                        .list());
    }
}
