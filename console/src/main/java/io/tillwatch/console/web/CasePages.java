package io.tillwatch.console.web;

import io.tillwatch.console.responder.Reply;
import io.tillwatch.console.responder.ResponderClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases: who works on what, with whom it is, until when, and everything that is known of it as a file. */
final class CasePages {

    private static final String API = "/api/v1/cases";
    private static final String ID = "[0-9]{1,18}";
    private static final int LIMIT = 200;
    private static final List<String> FILTERS = List.of("open", "overdue", "mine", "unassigned", "closed");
    private static final List<String> RESOLUTIONS =
            List.of("REMEDIED", "NOT_NEEDED", "RECOVERED_OTHERWISE", "WRITTEN_OFF", "NO_FAULT");

    private final ResponderClient responder;
    private final Clock clock;

    CasePages(ResponderClient responder, Clock clock) {
        this.responder = responder;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/cases", Role.VIEWER, this::list),
                Route.post("/cases", Role.OPERATOR, this::open),
                Route.get("/cases/{caseId}", Role.VIEWER, this::show),
                Route.post("/cases/{caseId}/assign", Role.OPERATOR, this::assign),
                Route.post(
                        "/cases/{caseId}/note",
                        Role.OPERATOR,
                        ask -> act(ask, "note", given(ask, "text"), "done.noted")),
                Route.post(
                        "/cases/{caseId}/escalate",
                        Role.OPERATOR,
                        ask -> act(ask, "escalate", given(ask, "from", "reason"), "done.escalated")),
                Route.post(
                        "/cases/{caseId}/close",
                        Role.OPERATOR,
                        ask -> act(ask, "close", given(ask, "resolution", "reason"), "done.caseClosed")),
                Route.get(
                        "/cases/{caseId}/export.json",
                        Role.VIEWER,
                        ask -> export(ask, "json", "application/json; charset=utf-8")),
                Route.get(
                        "/cases/{caseId}/export.html",
                        Role.VIEWER,
                        ask -> export(ask, "html", "text/html; charset=utf-8")));
    }

    private Answer list(Ask ask) {
        String filter = ask.query().getOrDefault("filter", "open");
        String chosen = FILTERS.contains(filter) ? filter : "open";
        Map<String, Object> query = new HashMap<>(Map.of("limit", LIMIT, "open", !chosen.equals("closed")));
        switch (chosen) {
            case "overdue" -> query.put("overdue", true);
            case "mine" -> query.put("assignee", ask.session().person());
            case "unassigned" -> query.put("unassigned", true);
            default -> {
                // Open or closed is said already.
            }
        }
        Reply reply = responder.get(ask.session().token(), API, query);
        if (!(reply instanceof Reply.Done done)) {
            return Replies.instead(reply);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "cases");
        model.put("filters", FILTERS);
        model.put("filter", chosen);
        model.put("items", Replies.items(done));
        model.put("now", clock.instant());
        return Answer.page("cases", model);
    }

    private Answer open(Ask ask) {
        Optional<String> alertId = ask.field("alertId");
        if (alertId.isEmpty()) {
            ask.session().say(Replies.missing());
            return new Answer.Redirect("/cases");
        }
        Reply reply = responder.post(ask.session().token(), API, Map.of("alertId", alertId.get()));
        ask.session().say(Replies.notice(reply, "done.case"));
        return reply instanceof Reply.Done done && done.json().get("caseId") instanceof Number id
                ? new Answer.Redirect("/cases/" + id.longValue())
                : new Answer.Redirect("/cases");
    }

    private Answer show(Ask ask) {
        String id = ask.path("caseId");
        if (!id.matches(ID)) {
            return Answer.notFound();
        }
        Reply reply = responder.get(ask.session().token(), API + "/" + id, Map.of());
        if (!(reply instanceof Reply.Done done)) {
            return Replies.instead(reply);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "cases");
        model.put("file", done.json());
        model.put("id", id);
        model.put("resolutions", RESOLUTIONS);
        model.put("now", clock.instant());
        return Answer.page("case", model);
    }

    private Answer assign(Ask ask) {
        Map<String, Object> body = new HashMap<>();
        body.put("assignee", ask.field("assignee").orElse(null));
        return act(ask, "assign", Optional.of(body), "done.assigned");
    }

    /** The fields that all must be there; empty if one is not. */
    private static Optional<Map<String, Object>> given(Ask ask, String... fields) {
        Map<String, Object> given = new HashMap<>();
        for (String field : fields) {
            ask.field(field).ifPresent(text -> given.put(field, text));
        }
        return given.size() == fields.length ? Optional.of(given) : Optional.empty();
    }

    private Answer act(Ask ask, String verb, Optional<Map<String, Object>> body, String doneKey) {
        String id = ask.path("caseId");
        if (!id.matches(ID)) {
            return Answer.notFound();
        }
        ask.session()
                .say(
                        body.isEmpty()
                                ? Replies.missing()
                                : Replies.notice(
                                        responder.post(ask.session().token(), API + "/" + id + "/" + verb, body.get()),
                                        doneKey));
        return new Answer.Redirect("/cases/" + id);
    }

    private Answer export(Ask ask, String form, String contentType) {
        String id = ask.path("caseId");
        if (!id.matches(ID)) {
            return Answer.notFound();
        }
        ResponderClient.Download file = responder.download(ask.session().token(), API + "/" + id + "/export." + form);
        return file == null
                ? Answer.notFound()
                : new Answer.File(contentType, file.text(), "case-" + id + "." + form, false);
    }
}
