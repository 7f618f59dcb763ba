package io.tillwatch.acquirer.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tillwatch.acquirer.fault.Faults;
import io.tillwatch.acquirer.fault.FaultyExchange;
import io.tillwatch.acquirer.fault.Strike;
import io.tillwatch.acquirer.journal.DurableLedger;
import io.tillwatch.acquirer.journal.Outcome;
import io.tillwatch.acquirer.ledger.Action;
import io.tillwatch.acquirer.ledger.AttemptName;
import io.tillwatch.acquirer.ledger.DeclineCode;
import io.tillwatch.acquirer.ledger.Instruction;
import io.tillwatch.acquirer.ledger.PaymentView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** What an acquirer offers: inquiries and instructions. */
final class AcquirerRoutes {

    private static final String ACQUIRER = "X-Acquirer-Id";
    private static final String KEY = "Idempotency-Key";

    private final DurableLedger ledger;
    private final Faults faults;
    private final FaultyExchange exchange;
    private final RateLimit rate;
    private final ScheduledExecutorService later;
    private final AtomicReference<HttpAnswer> latest = new AtomicReference<>();

    AcquirerRoutes(
            DurableLedger ledger,
            Faults faults,
            FaultyExchange exchange,
            RateLimit rate,
            ScheduledExecutorService later) {
        this.ledger = ledger;
        this.faults = faults;
        this.exchange = exchange;
        this.rate = rate;
        this.later = later;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/payments/{paymentId}", this::inquire);
        routes.post("/v1/instructions", this::instruct);
    }

    private void inquire(Context ctx) {
        String acquirerId = ctx.header(ACQUIRER);
        if (!accepts(ctx, acquirerId)) {
            return;
        }
        if (!ledger.tier(acquirerId).answersInquiries()) {
            refuse(ctx, 501, "UNSUPPORTED", "this acquirer does not answer inquiries");
            return;
        }
        String paymentId = ctx.pathParam("paymentId");
        String captureId = ctx.queryParam("captureId");
        AttemptName attempt = new AttemptName(ctx.queryParam("stan"), ctx.queryParam("rrn"));
        String key = ctx.queryParam("key");
        Strike strike = faults.inquiry(acquirerId, paymentId + '\n' + key);
        HttpReply reply = new HttpReply(ctx, paymentId, AcquirerRoutes::neverDeclined, latest, later);
        ctx.future(() -> {
            exchange.run(
                    strike,
                    () -> {},
                    () -> ledger.inquire(acquirerId, paymentId, captureId, attempt, key)
                            .thenApply(view -> answer(paymentId, view)),
                    reply);
            return reply.finished();
        });
    }

    private static HttpAnswer answer(String paymentId, Optional<PaymentView> view) {
        return view.map(known -> new HttpAnswer(paymentId, 200, HttpReply.JSON, Json.write(known)))
                .orElseGet(() -> new HttpAnswer(
                        paymentId, 404, HttpReply.PROBLEM, Json.problemOf("paymentId", paymentId, 404, "NOT_FOUND")));
    }

    private void instruct(Context ctx) {
        String acquirerId = ctx.header(ACQUIRER);
        if (!accepts(ctx, acquirerId)) {
            return;
        }
        String key = ctx.header(KEY);
        if (key == null || key.isBlank()) {
            refuse(ctx, 400, "BAD_REQUEST", "the header " + KEY + " is missing");
            return;
        }
        InstructionBody body;
        try {
            body = Json.read(ctx.body(), InstructionBody.class);
        } catch (JsonProcessingException e) {
            refuse(ctx, 400, "BAD_REQUEST", "the body is no instruction");
            return;
        }
        List<String> problems = body == null ? List.of("the body is empty") : body.problems();
        if (!problems.isEmpty()) {
            refuse(ctx, 400, "BAD_REQUEST", String.join("; ", problems));
            return;
        }
        instruct(ctx, body.instruction(acquirerId, key), body.attempt());
    }

    private void instruct(Context ctx, Instruction instruction, int attempt) {
        Strike strike = faults.instruction(instruction.acquirerId(), instruction.key(), attempt);
        HttpReply reply =
                new HttpReply(ctx, instruction.paymentId(), code -> declined(instruction, code), latest, later);
        ctx.future(() -> {
            exchange.run(
                    strike,
                    () -> settleAhead(instruction),
                    () -> ledger.instruct(instruction).thenApply(outcome -> answer(instruction, outcome)),
                    reply);
            return reply.finished();
        });
    }

    private static HttpAnswer neverDeclined(DeclineCode code) {
        throw new IllegalStateException("an inquiry is not declined, and this one is with " + code);
    }

    private void settleAhead(Instruction instruction) {
        if (instruction.action() == Action.REVERSE) {
            ledger.settleAhead(instruction.acquirerId(), instruction.paymentId(), instruction.captureId());
        }
    }

    private static HttpAnswer answer(Instruction instruction, Outcome outcome) {
        String paymentId = instruction.paymentId();
        if (outcome instanceof Outcome.Done done) {
            return new HttpAnswer(
                    paymentId,
                    done.before() ? 200 : 201,
                    HttpReply.JSON,
                    Json.write(PaymentView.EffectView.of(done.effect())));
        }
        return declined(instruction, ((Outcome.Declined) outcome).code());
    }

    private static HttpAnswer declined(Instruction instruction, DeclineCode code) {
        return new HttpAnswer(
                instruction.paymentId(),
                422,
                HttpReply.PROBLEM,
                Json.problemOf("key", instruction.key(), 422, code.name()));
    }

    private boolean accepts(Context ctx, String acquirerId) {
        if (acquirerId == null || acquirerId.isBlank()) {
            refuse(ctx, 400, "BAD_REQUEST", "the header " + ACQUIRER + " is missing");
            return false;
        }
        if (!rate.takes(acquirerId)) {
            ctx.header("Retry-After", "1");
            refuse(ctx, 429, "TOO_MANY_REQUESTS", null);
            return false;
        }
        return true;
    }

    private static void refuse(Context ctx, int status, String code, String detail) {
        ctx.status(status).contentType(HttpReply.PROBLEM).result(Json.problem(status, code, detail));
    }
}
