package io.tillwatch.jobs.record;

import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Approval;
import io.tillwatch.schemas.record.AuthorizationEvidence;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureEvidence;
import io.tillwatch.schemas.record.CaptureMode;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.CommandEvidence;
import io.tillwatch.schemas.record.Confidence;
import io.tillwatch.schemas.record.OutcomeEvidence;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.ReversalEvidence;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.record.ReversalStatus;
import io.tillwatch.schemas.record.SettlementEvidence;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.record.SuspicionEvidence;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Makes the evidence that goes with an alert. */
final class EvidenceRecords {

    private EvidenceRecords() {}

    static io.tillwatch.schemas.record.Evidence evidence(Evidence e) {
        Facts facts = e.facts();
        return new io.tillwatch.schemas.record.Evidence(
                newest(facts.authorizations(), EvidenceRecords::authorization),
                newest(facts.captures(), EvidenceRecords::capture),
                newest(facts.settlements(), EvidenceRecords::settlement),
                newest(facts.reversals(), EvidenceRecords::reversal),
                newest(facts.suspicions(), EvidenceRecords::suspicion),
                newest(e.commands(), EvidenceRecords::command),
                newest(facts.outcomes(), EvidenceRecords::outcome),
                facts.tainted(),
                e.hold(),
                e.netDebit(),
                e.authorizedTotal());
    }

    private static <T, R> List<R> newest(List<T> values, Function<T, R> shown) {
        int from = Math.max(0, values.size() - Evidence.RECORDS_MAX);
        return values.subList(from, values.size()).stream().map(shown).toList();
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static AuthorizationEvidence authorization(Authorization a) {
        return new AuthorizationEvidence(
                a.eventId(),
                time(a.occurredAtMillis()),
                time(a.arrivedAtMillis()),
                a.acquirerId(),
                a.merchantId(),
                a.terminalId(),
                AuthorizationKind.valueOf(a.kind().name()),
                AuthorizationStatus.valueOf(a.status().name()),
                CaptureMode.valueOf(a.captureMode().name()),
                a.amount(),
                a.currency(),
                a.responseCode(),
                a.authCode(),
                a.stan(),
                a.rrn());
    }

    private static CaptureEvidence capture(Capture c) {
        return new CaptureEvidence(
                c.eventId(),
                c.captureId(),
                time(c.occurredAtMillis()),
                time(c.arrivedAtMillis()),
                c.acquirerId(),
                c.merchantId(),
                c.terminalId(),
                CaptureStatus.valueOf(c.status().name()),
                c.last(),
                c.amount(),
                c.currency(),
                c.responseCode());
    }

    private static SettlementEvidence settlement(Settlement s) {
        return new SettlementEvidence(
                s.eventId(),
                s.settlementId(),
                s.captureId(),
                time(s.occurredAtMillis()),
                time(s.arrivedAtMillis()),
                s.acquirerId(),
                s.merchantId(),
                s.terminalId(),
                SettlementStatus.valueOf(s.status().name()),
                s.amount(),
                s.fee(),
                s.currency(),
                s.responseCode(),
                s.batchId());
    }

    private static ReversalEvidence reversal(Reversal r) {
        return new ReversalEvidence(
                r.eventId(),
                r.reversalId(),
                time(r.occurredAtMillis()),
                time(r.arrivedAtMillis()),
                r.acquirerId(),
                r.merchantId(),
                r.terminalId(),
                ReversalKind.valueOf(r.kind().name()),
                ReversalStatus.valueOf(r.status().name()),
                r.amount(),
                r.currency(),
                r.responseCode(),
                r.captureId(),
                r.commandId(),
                r.originalAmount());
    }

    private static SuspicionEvidence suspicion(Suspicion s) {
        return new SuspicionEvidence(
                s.eventId(),
                s.ofPaymentId(),
                time(s.occurredAtMillis()),
                time(s.arrivedAtMillis()),
                Confidence.valueOf(s.confidence().name()));
    }

    private static CommandEvidence command(io.tillwatch.rules.command.Command c) {
        return new CommandEvidence(
                c.commandId(),
                c.issue(),
                ResultRecords.status(c),
                Action.valueOf(c.action().name()),
                c.amount(),
                c.currency(),
                Approval.valueOf(c.approval().name()),
                ResultRecords.reason(c),
                time(c.issuedAtMillis()),
                time(c.notBeforeMillis()),
                time(c.expiresAtMillis()));
    }

    private static OutcomeEvidence outcome(Outcome o) {
        return new OutcomeEvidence(
                o.eventId(),
                o.commandId(),
                time(o.occurredAtMillis()),
                time(o.arrivedAtMillis()),
                OutcomeResult.valueOf(o.result().name()),
                o.amount(),
                o.currency(),
                o.captureId(),
                o.detail());
    }
}
