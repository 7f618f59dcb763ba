package io.tillwatch.console.web;

import io.tillwatch.console.policy.PolicyDraft;
import io.tillwatch.console.policy.PolicyWriter;
import io.tillwatch.console.query.PolicyChanges;
import io.tillwatch.console.query.PolicyChanges.Change;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.record.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What detection goes by: shown to everyone, changed by an admin, with every change and who made it. */
final class PolicyPages {

    private static final int REASON_MAX = 500;

    private final PolicyChanges changes;
    private final PolicyWriter writer;

    PolicyPages(PolicyChanges changes, PolicyWriter writer) {
        this.changes = changes;
        this.writer = writer;
    }

    /** A change, with what it sets as people write it. */
    public record Shown(Change change, Map<String, String> texts) {
        static Shown of(Change change) {
            return new Shown(
                    change, change.contentOrNull() == null ? Map.of() : PolicyDraft.texts(change.contentOrNull()));
        }
    }

    /** A field of the form. */
    public record Field(String name, boolean isMode, String value, String otherwise) {}

    List<Route> routes() {
        return List.of(
                Route.get("/policies", Role.VIEWER, ask -> list()),
                Route.get("/policies/scope", Role.VIEWER, this::scope),
                Route.post("/policies", Role.ADMIN, this::write),
                Route.post("/policies/remove", Role.ADMIN, this::remove));
    }

    private Answer list() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "policies");
        model.put("scopes", changes.inForce().stream().map(Shown::of).toList());
        return Answer.page("policies", model);
    }

    private Answer scope(Ask ask) {
        String scope = ask.query().getOrDefault("scope", "*").strip();
        if (!PolicyDraft.isScope(scope)) {
            return Answer.notFound();
        }
        Map<String, String> texts = changes.inForce(scope)
                .map(change -> PolicyDraft.texts(change.contentOrNull()))
                .orElse(Map.of());
        List<Field> fields = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            fields.add(new Field(
                    setting.settingName(),
                    setting.kind() == Setting.Kind.MODE,
                    texts.getOrDefault(setting.settingName(), ""),
                    PolicyDraft.text(setting, setting.defaultValue())));
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "policies");
        model.put("scope", scope);
        model.put("fields", fields);
        model.put("modes", Mode.values());
        model.put("isSet", !texts.isEmpty());
        model.put("history", changes.history(scope).stream().map(Shown::of).toList());
        return Answer.page("policy", model);
    }

    private Answer write(Ask ask) {
        String scope = ask.field("scope").orElse("");
        Map<String, String> texts = new HashMap<>();
        for (Setting setting : Setting.values()) {
            ask.field(setting.settingName()).ifPresent(text -> texts.put(setting.settingName(), text));
        }
        PolicyDraft.Result result = PolicyDraft.read(scope, texts);
        if (result instanceof PolicyDraft.Result.Good good) {
            return written(ask, scope, good.policy(), "done.policy");
        }
        String problems = String.join("; ", ((PolicyDraft.Result.Bad) result).problems());
        ask.session().say(new Session.Notice(false, "refused.BAD_REQUEST", problems));
        return back(scope);
    }

    private Answer remove(Ask ask) {
        String scope = ask.field("scope").orElse("");
        if (!PolicyDraft.isScope(scope)) {
            ask.session().say(Replies.missing());
            return back(scope);
        }
        return written(ask, scope, null, "done.policyRemoved");
    }

    private Answer written(Ask ask, String scope, Policy policyOrNull, String doneKey) {
        Optional<String> reason = ask.field("reason").filter(text -> text.length() <= REASON_MAX);
        if (reason.isEmpty()) {
            ask.session().say(Replies.missing());
        } else if (CardNumbers.within(reason.get()) || CardNumbers.within(scope)) {
            ask.session().say(new Session.Notice(false, "refused.CARD_NUMBER", ""));
        } else {
            boolean good = writer.write(scope, policyOrNull, ask.session().person(), reason.get());
            ask.session().say(new Session.Notice(good, good ? doneKey : "policies.failed", ""));
        }
        return back(scope);
    }

    private static Answer back(String scope) {
        return new Answer.Redirect(
                PolicyDraft.isScope(scope) ? "/policies/scope?scope=" + PageWords.url(scope) : "/policies");
    }
}
