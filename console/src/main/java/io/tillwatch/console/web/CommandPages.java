package io.tillwatch.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.console.responder.Reply;
import io.tillwatch.console.responder.ResponderClient;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What waits for a person, what exactly will be done, and the decision. Whether it counts is the responder's to say. */
final class CommandPages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REF = "[A-Za-z0-9_-]{1,2000}";
    private static final String API = "/api/v1/commands";
    private static final int LIMIT = 200;
    private static final Set<String> UNDECIDED = Set.of("RECEIVED", "HELD");

    private final ResponderClient responder;
    private final Clock clock;

    CommandPages(ResponderClient responder, Clock clock) {
        this.responder = responder;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/approvals", Role.VIEWER, ask -> waiting(ask, "approvals")),
                Route.get("/approvals/rows", Role.VIEWER, ask -> waiting(ask, "approval-rows")),
                Route.get("/commands/{ref}", Role.VIEWER, this::command),
                Route.post("/commands/{ref}/approve", Role.APPROVER, this::approve),
                Route.post("/commands/{ref}/reject", Role.APPROVER, this::reject));
    }

    private Answer waiting(Ask ask, String template) {
        Reply reply = responder.get(ask.session().token(), API, Map.of("awaitsApproval", true, "limit", LIMIT));
        if (!(reply instanceof Reply.Done done)) {
            return Replies.instead(reply);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "approvals");
        model.put("items", Replies.items(done));
        model.put("more", done.json().get("next") != null);
        model.put("now", clock.instant());
        return Answer.page(template, model);
    }

    private Answer command(Ask ask) {
        Optional<String> ref = ref(ask);
        if (ref.isEmpty()) {
            return Answer.notFound();
        }
        Reply reply = responder.get(ask.session().token(), API + "/" + ref.get(), Map.of());
        if (!(reply instanceof Reply.Done done)) {
            return Replies.instead(reply);
        }
        Map<?, ?> summary = Replies.part(done.json(), "command");
        boolean undecided = UNDECIDED.contains(String.valueOf(summary.get("state")))
                && "REQUIRED".equals(summary.get("approval"))
                && !Boolean.TRUE.equals(summary.get("withdrawn"));
        List<?> approvals = done.json().get("approvals") instanceof List<?> names ? names : List.of();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "approvals");
        model.put("detail", done.json());
        model.put("ref", ref.get());
        model.put("undecided", undecided);
        model.put("approvals", approvals);
        model.put("mine", approvals.contains(ask.session().person()));
        model.put("content", content(Replies.part(done.json(), "content")));
        model.put(
                "counterpart",
                Replies.part(Replies.part(done.json(), "content"), "original").get("counterpartPaymentId"));
        model.put("now", clock.instant());
        return Answer.page("command", model);
    }

    /** As it was issued, but for the card's token, which is of no use to people. */
    private static String content(Map<?, ?> content) {
        Map<Object, Object> shown = new LinkedHashMap<>(content);
        if (content.get("original") instanceof Map<?, ?> original) {
            Map<Object, Object> without = new LinkedHashMap<>(original);
            without.remove("cardToken");
            shown.put("original", without);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shown);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written", e);
        }
    }

    private Answer approve(Ask ask) {
        Optional<String> ref = ref(ask);
        Optional<String> hash = ask.field("hash");
        if (ref.isEmpty()) {
            return Answer.notFound();
        }
        if (hash.isEmpty()) {
            ask.session().say(Replies.missing());
            return back(ref.get());
        }
        Reply reply = responder.post(
                ask.session().token(), API + "/" + ref.get() + "/approve", Map.of("contentHash", hash.get()));
        boolean half = reply instanceof Reply.Done done
                && Boolean.FALSE.equals(done.json().get("complete"));
        ask.session().say(Replies.notice(reply, half ? "done.approvedHalf" : "done.approved"));
        return back(ref.get());
    }

    private Answer reject(Ask ask) {
        Optional<String> ref = ref(ask);
        Optional<String> reason = ask.field("reason");
        if (ref.isEmpty()) {
            return Answer.notFound();
        }
        ask.session()
                .say(
                        reason.isEmpty()
                                ? Replies.missing()
                                : Replies.notice(
                                        responder.post(
                                                ask.session().token(),
                                                API + "/" + ref.get() + "/reject",
                                                Map.of("reason", reason.get())),
                                        "done.rejected"));
        return back(ref.get());
    }

    private static Answer back(String ref) {
        return new Answer.Redirect("/commands/" + ref);
    }

    private static Optional<String> ref(Ask ask) {
        return Optional.of(ask.path("ref")).filter(ref -> ref.matches(REF));
    }
}
