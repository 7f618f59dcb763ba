package io.tillwatch.responder.api;

import io.tillwatch.responder.journal.HoldReason;
import io.tillwatch.responder.journal.State;
import io.tillwatch.responder.people.AlertViews;
import io.tillwatch.responder.people.CommandFilter;
import io.tillwatch.responder.people.Commands;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.Ref;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands: what there is, and what a person decides of it; and the alerts that they are for. */
final class CommandRoutes {

    private final Commands commands;
    private final Decisions decisions;
    private final AlertViews alerts;

    CommandRoutes(Commands commands, Decisions decisions, AlertViews alerts) {
        this.commands = commands;
        this.decisions = decisions;
        this.alerts = alerts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/commands", Access.viewer(), this::list),
                Route.get("/api/v1/commands/{ref}", Access.viewer(), this::detail),
                Route.post("/api/v1/commands/{ref}/approve", Access.approver(), this::approve),
                Route.post("/api/v1/commands/{ref}/reject", Access.approver(), this::reject),
                Route.get("/api/v1/alerts", Access.viewer(), this::standing),
                Route.get("/api/v1/alerts/{ref}", Access.viewer(), this::alert));
    }

    private Answer list(Request request) {
        Fields query = request.query();
        CommandFilter filter = new CommandFilter(
                query.optionalOne("state", State.class),
                query.optionalFlag("open"),
                query.optionalOne("holdReason", HoldReason.class),
                query.flag("awaitsApproval"),
                query.optionalText("commandId", Fields.TEXT_MAX),
                query.optionalText("acquirerId", Fields.TEXT_MAX),
                query.optionalText("merchantId", Fields.TEXT_MAX),
                query.optionalText("paymentId", Fields.TEXT_MAX),
                query.optionalText("alertType", Fields.TEXT_MAX),
                query.time("receivedFrom"),
                query.time("receivedBefore"));
        Paging paging = Paging.of(query);
        return query.refusal().orElseGet(() -> Answer.ok(commands.list(filter, paging.after(), paging.limit())));
    }

    private Answer detail(Request request) {
        return Ref.decode(request.path("ref"))
                .flatMap(commands::detail)
                .map(Answer::ok)
                .orElseGet(CommandRoutes::noSuchCommand);
    }

    private Answer approve(Request request) {
        Optional<String> commandId = Ref.decode(request.path("ref"));
        if (commandId.isEmpty()) {
            return noSuchCommand();
        }
        Fields body = request.body();
        byte[] contentHash = body.sha256("contentHash");
        return body.refusal()
                .orElseGet(() ->
                        Refusals.answer(decisions.approve(request.person(), commandId.get(), contentHash), approval -> {
                            Map<String, Object> given = new LinkedHashMap<>();
                            given.put("commandId", commandId.get());
                            given.put("approvals", approval.approvals());
                            given.put("needed", approval.needed());
                            given.put("complete", approval.complete());
                            return Answer.ok(given);
                        }));
    }

    private Answer reject(Request request) {
        Optional<String> commandId = Ref.decode(request.path("ref"));
        if (commandId.isEmpty()) {
            return noSuchCommand();
        }
        Fields body = request.body();
        String reason = body.text("reason", Decisions.REASON_MAX);
        return body.refusal()
                .or(() -> Refusals.cardNumber(reason))
                .orElseGet(() -> Refusals.answer(
                        decisions.reject(request.person(), commandId.get(), reason),
                        none -> Answer.ok(Map.of("commandId", commandId.get(), "state", State.FAILED))));
    }

    private Answer standing(Request request) {
        Fields query = request.query();
        AlertViews.Filter filter = new AlertViews.Filter(
                query.optionalText("type", Fields.TEXT_MAX),
                query.optionalText("acquirerId", Fields.TEXT_MAX),
                query.optionalText("merchantId", Fields.TEXT_MAX),
                query.optionalText("paymentId", Fields.TEXT_MAX),
                query.flag("withoutCommand"));
        Paging paging = Paging.of(query);
        return query.refusal().orElseGet(() -> Answer.ok(alerts.standing(filter, paging.after(), paging.limit())));
    }

    private Answer alert(Request request) {
        return Ref.decode(request.path("ref"))
                .flatMap(alerts::find)
                .map(Answer::ok)
                .orElseGet(() -> Refusals.notFound("Nothing is known here of an alert of that ref."));
    }

    private static Answer noSuchCommand() {
        return Refusals.notFound("There is no command of that ref: base64url of the commandId, as lists give it.");
    }
}
