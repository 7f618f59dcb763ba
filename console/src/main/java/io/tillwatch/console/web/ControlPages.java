package io.tillwatch.console.web;

import io.tillwatch.console.responder.Reply;
import io.tillwatch.console.responder.ResponderClient;
import io.tillwatch.schemas.record.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kill switches and budgets. */
final class ControlPages {

    private static final Answer BACK = new Answer.Redirect("/controls");
    private static final String DIGITS = "[0-9]{1,13}";

    private final ResponderClient responder;

    ControlPages(ResponderClient responder) {
        this.responder = responder;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/controls", Role.VIEWER, this::show),
                Route.post("/switches/close", Role.OPERATOR, this::close),
                Route.post("/switches/open", Role.ADMIN, this::open),
                Route.post("/budgets", Role.ADMIN, this::setBudget),
                Route.post("/budgets/remove", Role.ADMIN, this::removeBudget));
    }

    private Answer show(Ask ask) {
        Reply switches = responder.get(ask.session().token(), "/api/v1/switches", Map.of());
        Reply budgets = responder.get(ask.session().token(), "/api/v1/budgets", Map.of());
        if (!(switches instanceof Reply.Done ofSwitches)) {
            return Replies.instead(switches);
        } else if (!(budgets instanceof Reply.Done ofBudgets)) {
            return Replies.instead(budgets);
        } else {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("section", "controls");
            model.put("switches", Replies.items(ofSwitches));
            model.put("budgets", Replies.items(ofBudgets));
            model.put("actions", Action.values());
            return Answer.page("controls", model);
        }
    }

    private Answer close(Ask ask) {
        return turn(ask, scope(ask), "/api/v1/switches/close", "done.closed");
    }

    private Answer open(Ask ask) {
        return turn(ask, ask.field("scope"), "/api/v1/switches/open", "done.opened");
    }

    private Answer turn(Ask ask, Optional<String> scope, String path, String done) {
        Optional<String> reason = ask.field("reason");
        if (scope.isEmpty() || reason.isEmpty()) {
            return missing(ask);
        }
        Map<String, String> body = Map.of("scope", scope.get(), "reason", reason.get());
        return done(ask, responder.post(ask.session().token(), path, body), done);
    }

    /** What the form's first choice and the fields beside it come to. */
    private static Optional<String> scope(Ask ask) {
        return switch (ask.field("kind").orElse("")) {
            case "all" -> Optional.of("all");
            case "acquirer" -> ask.field("acquirerId").map(id -> "acquirer:" + id);
            case "action" -> ask.field("action").map(name -> "action:" + name);
            default -> Optional.empty();
        };
    }

    private Answer setBudget(Ask ask) {
        Optional<String> acquirer = ask.field("acquirerId");
        Optional<String> commands = ask.field("commandsPerMinute").filter(text -> text.matches("[0-9]{1,9}"));
        Optional<String> amount = ask.field("amountPerHour").filter(text -> text.matches(DIGITS));
        if (acquirer.isEmpty() || commands.isEmpty() || amount.isEmpty()) {
            return missing(ask);
        }
        Map<String, Object> budget = Map.of(
                "acquirerId",
                acquirer.get(),
                "commandsPerMinute",
                Integer.parseInt(commands.get()),
                "amountPerHour",
                Long.parseLong(amount.get()));
        return done(ask, responder.put(ask.session().token(), "/api/v1/budgets", budget), "done.budget");
    }

    private Answer removeBudget(Ask ask) {
        Optional<String> acquirer = ask.field("acquirerId");
        return acquirer.isEmpty()
                ? missing(ask)
                : done(
                        ask,
                        responder.delete(ask.session().token(), "/api/v1/budgets", "acquirerId", acquirer.get()),
                        "done.budgetRemoved");
    }

    private static Answer done(Ask ask, Reply reply, String key) {
        ask.session().say(Replies.notice(reply, key));
        return BACK;
    }

    private static Answer missing(Ask ask) {
        ask.session().say(Replies.missing());
        return BACK;
    }
}
