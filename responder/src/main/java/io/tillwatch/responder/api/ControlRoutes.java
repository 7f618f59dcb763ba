package io.tillwatch.responder.api;

import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.people.AuditTrail;
import io.tillwatch.responder.people.Budgets;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Switches;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Switches, budgets, the audit, and who one is. */
final class ControlRoutes {

    private final Switches switches;
    private final Budgets budgets;
    private final AuditTrail audit;

    ControlRoutes(Switches switches, Budgets budgets, AuditTrail audit) {
        this.switches = switches;
        this.budgets = budgets;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/me", Access.viewer(), ControlRoutes::me),
                Route.get(
                        "/api/v1/switches",
                        Access.viewer(),
                        request -> plain(request, Map.of("items", switches.list()))),
                // To stop is always safe; to go on is not.
                Route.post("/api/v1/switches/close", Access.operator(), request -> set(request, switches::close)),
                Route.post("/api/v1/switches/open", Access.admin(), request -> set(request, switches::open)),
                Route.get(
                        "/api/v1/budgets", Access.viewer(), request -> plain(request, Map.of("items", budgets.list()))),
                Route.put("/api/v1/budgets", Access.admin(), this::setBudget),
                Route.delete("/api/v1/budgets", Access.admin(), this::removeBudget),
                Route.get("/api/v1/audit", Access.viewer(), this::list),
                Route.get("/api/v1/audit/verification", Access.viewer(), this::verify));
    }

    private interface Setting {
        Switches.Switch set(Person person, String scope, String reason);
    }

    private static Answer plain(Request request, Object value) {
        return request.query().refusal().orElseGet(() -> Answer.ok(value));
    }

    private static Answer me(Request request) {
        Map<String, Object> me = new LinkedHashMap<>();
        me.put("person", request.person().name());
        me.put("roles", request.person().roles().stream().sorted().toList());
        return Answer.ok(me);
    }

    private static Answer set(Request request, Setting setting) {
        Fields body = request.body();
        String scope = body.text("scope", Switches.SCOPE_MAX);
        String reason = body.text("reason", Decisions.REASON_MAX);
        if (!scope.isEmpty()) {
            Switches.problem(scope).ifPresent(what -> body.wrong("scope: " + what));
        }
        return body.refusal()
                .or(() -> Refusals.cardNumber(scope))
                .or(() -> Refusals.cardNumber(reason))
                .orElseGet(() -> Answer.ok(setting.set(request.person(), scope, reason)));
    }

    private Answer setBudget(Request request) {
        Fields body = request.body();
        String acquirerId = body.text("acquirerId", 128);
        int commands = (int) body.number("commandsPerMinute", 0, Integer.MAX_VALUE);
        long amount = body.number("amountPerHour", 0, Long.MAX_VALUE);
        return body.refusal()
                .or(() -> Refusals.cardNumber(acquirerId))
                .or(() -> Refusals.cardNumber(amount))
                .orElseGet(() -> Answer.ok(budgets.set(request.person(), acquirerId, commands, amount)));
    }

    private Answer removeBudget(Request request) {
        Fields query = request.query();
        String acquirerId = query.text("acquirerId", 128);
        return query.refusal()
                .orElseGet(() -> Refusals.answer(
                        budgets.remove(request.person(), acquirerId),
                        none -> Answer.ok(Map.of("acquirerId", acquirerId))));
    }

    private Answer list(Request request) {
        Fields query = request.query();
        Optional<String> subject = query.optionalText("subject", Fields.TEXT_MAX);
        Optional<String> person = query.optionalText("person", Fields.TEXT_MAX);
        long before = query.number("after", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = Paging.limit(query);
        return query.refusal().orElseGet(() -> Answer.ok(audit.list(subject, person, OptionalLong.of(before), limit)));
    }

    private Answer verify(Request request) {
        Fields query = request.query();
        long id = query.number("id", 1, Long.MAX_VALUE, 0);
        Optional<String> hash =
                id == 0 ? Optional.empty() : Optional.of(HexFormat.of().formatHex(query.sha256("hash")));
        return query.refusal()
                .orElseGet(() -> audit.verify(id == 0 ? OptionalLong.empty() : OptionalLong.of(id), hash)
                        .map(ControlRoutes::verified)
                        .orElseGet(() -> Answer.refused(Code.BUSY, "Wait for the look that is under way.")));
    }

    private static Answer verified(Audit.Verification verification) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (verification instanceof Audit.Verification.Broken broken) {
            result.put("whole", false);
            result.put("brokenAt", broken.id());
            result.put("what", broken.what());
        } else if (verification instanceof Audit.Verification.Whole whole) {
            result.put("whole", true);
            result.put("rows", whole.rows());
            result.put("head", whole.head());
        }
        return Answer.ok(result);
    }
}
