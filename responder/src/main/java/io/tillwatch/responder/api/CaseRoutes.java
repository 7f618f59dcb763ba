package io.tillwatch.responder.api;

import io.tillwatch.responder.people.CaseDetail;
import io.tillwatch.responder.people.CaseSummary;
import io.tillwatch.responder.people.Cases;
import io.tillwatch.responder.people.Decided;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.Resolution;
import io.tillwatch.responder.people.Rung;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Cases: what there is, what is done with them, and how they leave the house. */
final class CaseRoutes {

    private final Cases cases;

    CaseRoutes(Cases cases) {
        this.cases = cases;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/cases", Access.viewer(), this::list),
                Route.post("/api/v1/cases", Access.operator(), this::open),
                Route.get("/api/v1/cases/{caseId}", Access.viewer(), this::detail),
                Route.post("/api/v1/cases/{caseId}/assign", Access.operator(), this::assign),
                Route.post("/api/v1/cases/{caseId}/note", Access.operator(), this::note),
                Route.post("/api/v1/cases/{caseId}/escalate", Access.operator(), this::escalate),
                Route.post("/api/v1/cases/{caseId}/close", Access.operator(), this::close),
                Route.get("/api/v1/cases/{caseId}/export.json", Access.viewer(), this::exportJson),
                Route.get("/api/v1/cases/{caseId}/export.html", Access.viewer(), this::exportHtml));
    }

    private Answer list(Request request) {
        Fields query = request.query();
        Cases.Filter filter = new Cases.Filter(
                query.optionalFlag("open"),
                query.flag("overdue"),
                query.optionalText("assignee", Fields.TEXT_MAX),
                query.flag("unassigned"),
                query.optionalOne("rung", Rung.class),
                query.optionalText("acquirerId", Fields.TEXT_MAX),
                query.optionalText("merchantId", Fields.TEXT_MAX),
                query.optionalText("paymentId", Fields.TEXT_MAX));
        Paging paging = Paging.of(query);
        paging.after()
                .filter(end -> caseId(end.id()).isEmpty())
                .ifPresent(end -> query.wrong("after: is not what a page of cases gave as next"));
        return query.refusal().orElseGet(() -> Answer.ok(cases.list(filter, paging.after(), paging.limit())));
    }

    private Answer open(Request request) {
        Fields body = request.body();
        String alertId = body.text("alertId", Fields.TEXT_MAX);
        return body.refusal().orElseGet(() -> Refusals.answer(cases.open(request.person(), alertId), Answer::created));
    }

    private Answer detail(Request request) {
        return found(request, Answer::ok);
    }

    private Answer assign(Request request) {
        Fields body = request.body();
        Optional<String> assignee = body.optionalText("assignee", Fields.TEXT_MAX);
        return change(request, body, Optional.empty(), caseId -> cases.assign(request.person(), caseId, assignee));
    }

    private Answer note(Request request) {
        Fields body = request.body();
        String text = body.text("text", Cases.NOTE_MAX);
        return change(request, body, Optional.of(text), caseId -> cases.note(request.person(), caseId, text));
    }

    private Answer escalate(Request request) {
        Fields body = request.body();
        Rung from = body.one("from", Rung.class);
        String reason = body.text("reason", Decisions.REASON_MAX);
        return change(
                request, body, Optional.of(reason), caseId -> cases.escalate(request.person(), caseId, from, reason));
    }

    private Answer close(Request request) {
        Fields body = request.body();
        Resolution resolution = body.one("resolution", Resolution.class);
        String reason = body.text("reason", Decisions.REASON_MAX);
        return change(
                request,
                body,
                Optional.of(reason),
                caseId -> cases.close(request.person(), caseId, resolution, reason));
    }

    private Answer exportJson(Request request) {
        return found(
                request,
                detail -> new Answer.Text(
                        200,
                        "application/json",
                        Json.text(detail),
                        Map.of("Content-Disposition", attachment(detail, "json"))));
    }

    private Answer exportHtml(Request request) {
        return found(
                request,
                detail -> new Answer.Text(
                        200,
                        "text/html; charset=utf-8",
                        CaseHtml.of(detail),
                        Map.of(
                                "Content-Security-Policy",
                                CaseHtml.CONTENT_SECURITY_POLICY,
                                "Content-Disposition",
                                attachment(detail, "html").replace("attachment", "inline"))));
    }

    private static String attachment(CaseDetail detail, String extension) {
        return "attachment; filename=\"case-" + detail.summary().caseId() + "." + extension + "\"";
    }

    private Answer found(Request request, Function<CaseDetail, Answer> answer) {
        OptionalLong caseId = caseId(request.path("caseId"));
        Optional<CaseDetail> detail = caseId.isPresent() ? cases.detail(caseId.getAsLong()) : Optional.empty();
        return detail.map(answer).orElseGet(CaseRoutes::noSuchCase);
    }

    private static Answer change(
            Request request, Fields body, Optional<String> typed, Function<Long, Decided<CaseSummary>> change) {
        OptionalLong caseId = caseId(request.path("caseId"));
        if (caseId.isEmpty()) {
            return noSuchCase();
        }
        return body.refusal()
                .or(() -> typed.flatMap(Refusals::cardNumber))
                .orElseGet(() -> Refusals.answer(change.apply(caseId.getAsLong()), Answer::ok));
    }

    private static OptionalLong caseId(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Answer noSuchCase() {
        return Refusals.notFound("There is no case of that number.");
    }
}
