package io.tillwatch.acquirer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tillwatch.acquirer.fault.FaultSettings;
import io.tillwatch.acquirer.journal.DurableLedger;
import io.tillwatch.acquirer.ledger.Effect;
import io.tillwatch.acquirer.ledger.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The simulator's own side, for the traffic and for tests. */
final class SimRoutes {

    private static final String LINES = "application/x-ndjson";
    private static final int PROBLEMS_MAX = 20;
    private static final int EFFECTS_MAX = 10_000;

    private final DurableLedger ledger;
    private final FaultFile faults;

    SimRoutes(DurableLedger ledger, FaultFile faults) {
        this.ledger = ledger;
        this.faults = faults;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/sim/health", ctx -> ctx.result("ok"));
        routes.post("/sim/events", this::events);
        routes.get("/sim/effects", this::effects);
        routes.get("/sim/ledger", ctx -> ctx.future(() -> ledger.books().thenAccept(books -> lines(ctx, books))));
        routes.get("/sim/faults", ctx -> ctx.contentType(HttpReply.JSON).result(Json.write(faults.settings())));
        routes.put("/sim/faults", this::faults);
    }

    private void events(Context ctx) {
        List<Event> events = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : ctx.body().split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                read(line, number, events, problems);
            }
        }
        if (!problems.isEmpty()) {
            String detail = problems.stream().limit(PROBLEMS_MAX).collect(Collectors.joining("; "));
            refuse(ctx, detail);
            return;
        }
        ctx.future(() -> ledger.happened(events)
                .thenRun(() -> ctx.contentType(HttpReply.JSON).result(Json.write(Map.of("taken", events.size())))));
    }

    private static void read(String line, int number, List<Event> events, List<String> problems) {
        try {
            Event event = Json.readStrictly(line, EventBody.class).checked();
            events.add(event);
        } catch (JsonProcessingException e) {
            problems.add("line " + number + ": " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            problems.add("line " + number + ": " + e.getMessage());
        }
    }

    private void effects(Context ctx) {
        long after = number(ctx, "after", 0);
        long limit = number(ctx, "limit", EFFECTS_MAX);
        if (after < 0 || limit < 1) {
            refuse(ctx, "after and limit are whole numbers: after from 0, limit from 1");
            return;
        }
        int most = (int) Math.min(limit, EFFECTS_MAX);
        ctx.future(() -> ledger.effects(after, most)
                .thenAccept(effects ->
                        lines(ctx, effects.stream().map(EffectLine::of).toList())));
    }

    private static long number(Context ctx, String name, long otherwise) {
        String given = ctx.queryParam(name);
        try {
            return given == null ? otherwise : Long.parseLong(given);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void faults(Context ctx) {
        FaultSettings next;
        try {
            next = Json.readStrictly(ctx.body(), FaultSettings.class);
        } catch (JsonProcessingException e) {
            refuse(ctx, e.getOriginalMessage());
            return;
        }
        List<String> problems = next == null ? List.of("the body is empty") : next.problems();
        if (!problems.isEmpty()) {
            refuse(ctx, String.join("; ", problems));
            return;
        }
        faults.settings(next);
        ctx.contentType(HttpReply.JSON).result(Json.write(next));
    }

    private static void lines(Context ctx, List<?> values) {
        ctx.contentType(LINES)
                .result(values.stream().map(v -> Json.write(v) + "\n").collect(Collectors.joining()));
    }

    private static void refuse(Context ctx, String detail) {
        ctx.status(400).contentType(HttpReply.PROBLEM).result(Json.problem(400, "BAD_REQUEST", detail));
    }

    /** An effect as the protocol shows it. */
    private record EffectLine(
            long seq,
            String acquirerId,
            String paymentId,
            String captureId,
            String key,
            String action,
            long amount,
            String currency,
            String stan,
            String rrn,
            String reference,
            long at) {

        static EffectLine of(Effect effect) {
            return new EffectLine(
                    effect.seq(),
                    effect.acquirerId(),
                    effect.paymentId(),
                    effect.captureId(),
                    effect.key(),
                    effect.action().name(),
                    effect.amount(),
                    effect.currency(),
                    effect.stan(),
                    effect.rrn(),
                    effect.reference(),
                    effect.at());
        }
    }
}
