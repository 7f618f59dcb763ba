package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Audit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Opens the cases that must be there and closes those that were opened for an approval and need nobody any more. To be swept
 * every few seconds, by any number of instances at once: what two of them do, one has done.
 */
public final class CaseKeeper {

    private static final int COMMANDS_A_SWEEP = 500;

    private final Jdbi jdbi;
    private final AlertViews alerts;
    private final PeopleSettings settings;

    /** What a sweep did. */
    public record Sweep(int opened, int closed, int alertsForgotten) {}

    public CaseKeeper(Jdbi jdbi, AlertViews alerts, PeopleSettings settings) {
        this.jdbi = jdbi;
        this.alerts = alerts;
        this.settings = settings;
    }

    /** Opens and closes what there is to open and close now, a bounded part of it. */
    public Sweep sweep() {
        int opened = 0;
        for (String commandId : withoutCase()) {
            opened += jdbi.inTransaction(handle -> openForCommand(handle, commandId)) ? 1 : 0;
        }
        int closed = 0;
        for (long caseId : endedWell()) {
            closed += jdbi.inTransaction(handle -> closeIfStillOpen(handle, caseId)) ? 1 : 0;
        }
        return new Sweep(opened, closed, alerts.forget(settings.alertsKeptFor()));
    }

    private List<String> withoutCase() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT c.command_id FROM command c"
                        + " WHERE (c.state = 'ESCALATED' OR (c.approval = 'REQUIRED' AND c.state IN ('RECEIVED', 'HELD'))"
                        + " OR (c.state = 'HELD' AND c.hold_reason = 'APPROVAL'))"
                        + " AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.command_id = c.command_id)"
                        + " ORDER BY c.received_at LIMIT :limit")
                .bind("limit", COMMANDS_A_SWEEP)
                .mapTo(String.class)
                .list());
    }

    private boolean openForCommand(Handle handle, String commandId) {
        // A person may have opened one for the alert before its command came.
        Optional<Long> joined = handle.createQuery("UPDATE case_file SET command_id = :id"
                        + " WHERE command_id IS NULL AND closed_at IS NULL"
                        + " AND alert_id = (SELECT alert_id FROM command WHERE command_id = :id)"
                        + " AND NOT EXISTS (SELECT 1 FROM case_file WHERE command_id = :id) RETURNING case_id")
                .bind("id", commandId)
                .mapTo(Long.class)
                .findOne();
        if (joined.isPresent()) {
            Audit.append(
                    handle,
                    Audit.RESPONDER,
                    "CASE_JOINED",
                    Cases.subject(joined.get()),
                    Map.of("commandId", commandId));
            return false;
        }
        Optional<Opened> opened = handle.createQuery(
                        "INSERT INTO case_file (alert_id, command_id, payment_id, acquirer_id, merchant_id, opened_why,"
                                + " opened_by, rung, due_at)"
                                + " SELECT alert_id, command_id, payment_id, acquirer_id, merchant_id,"
                                + " CASE WHEN state = 'ESCALATED' THEN 'ESCALATED' ELSE 'APPROVAL' END, :responder, :rung,"
                                + " now() + make_interval(secs => :seconds) FROM command WHERE command_id = :id"
                                + " ON CONFLICT DO NOTHING RETURNING case_id, alert_id, opened_why")
                .bind("id", commandId)
                .bind("responder", Audit.RESPONDER)
                .bind("rung", Rung.MERCHANT.name())
                .bind("seconds", seconds(settings.ladder()))
                .map((row, context) ->
                        new Opened(row.getLong("case_id"), row.getString("alert_id"), row.getString("opened_why")))
                .findOne();
        opened.ifPresent(it -> opened(handle, Audit.RESPONDER, it.caseId(), it.alertId(), commandId, it.why()));
        return opened.isPresent();
    }

    private record Opened(long caseId, String alertId, String why) {}

    /** Opens one that a person wants, with the command of the alert unless that has a case; empty if nothing is known of it. */
    static Optional<Long> openForAlert(Handle handle, Ladder ladder, String person, String alertId) {
        Optional<Long> caseId = handle.createQuery(
                        "INSERT INTO case_file (alert_id, command_id, payment_id, acquirer_id,"
                                + " merchant_id, opened_why, opened_by, rung, due_at)"
                                + " SELECT :alertId, (SELECT c.command_id FROM command c WHERE c.alert_id = :alertId"
                                + " AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.command_id = c.command_id) LIMIT 1),"
                                + " known.payment_id, known.acquirer_id, known.merchant_id, 'BY_PERSON', :person, :rung,"
                                + " now() + make_interval(secs => :seconds)"
                                + " FROM (SELECT payment_id, acquirer_id, merchant_id FROM alert_view WHERE alert_id = :alertId"
                                + " UNION ALL SELECT payment_id, acquirer_id, merchant_id FROM command WHERE alert_id = :alertId"
                                + " LIMIT 1) known ON CONFLICT DO NOTHING RETURNING case_id")
                .bind("alertId", alertId)
                .bind("person", person)
                .bind("rung", Rung.MERCHANT.name())
                .bind("seconds", seconds(ladder))
                .mapTo(Long.class)
                .findOne();
        caseId.ifPresent(id -> opened(handle, person, id, alertId, null, "BY_PERSON"));
        return caseId;
    }

    private static void opened(
            Handle handle, String person, long caseId, String alertId, String commandIdOrNull, String why) {
        handle.createUpdate(
                        "INSERT INTO case_evidence (case_id, revision, content)"
                                + " SELECT :id, revision, content FROM alert_view WHERE alert_id = :alertId ON CONFLICT DO NOTHING")
                .bind("id", caseId)
                .bind("alertId", alertId)
                .execute();
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("alertId", alertId);
        detail.put("commandId", commandIdOrNull);
        detail.put("why", why);
        Audit.append(handle, person, "CASE_OPENED", Cases.subject(caseId), detail);
    }

    private List<Long> endedWell() {
        return jdbi.withHandle(handle -> {
            // An alert and its case that came at the same moment may have missed each other.
            handle.execute("INSERT INTO case_evidence (case_id, revision, content)"
                    + " SELECT f.case_id, a.revision, a.content FROM case_file f JOIN alert_view a ON a.alert_id = f.alert_id"
                    + " WHERE f.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM case_evidence e"
                    + " WHERE e.case_id = f.case_id AND e.revision >= a.revision) ON CONFLICT DO NOTHING");
            return handle.createQuery("SELECT f.case_id FROM case_file f JOIN command c ON c.command_id = f.command_id"
                            + " WHERE f.closed_at IS NULL AND f.opened_why = 'APPROVAL'"
                            + " AND c.state IN ('DONE', 'NOT_NEEDED') LIMIT :limit")
                    .bind("limit", COMMANDS_A_SWEEP)
                    .mapTo(Long.class)
                    .list();
        });
    }

    private static boolean closeIfStillOpen(Handle handle, long caseId) {
        Optional<String> state = handle.createQuery(
                        "SELECT c.state FROM case_file f JOIN command c ON c.command_id = f.command_id"
                                + " WHERE f.case_id = :id AND f.closed_at IS NULL FOR UPDATE OF f")
                .bind("id", caseId)
                .mapTo(String.class)
                .findOne();
        state.ifPresent(ended -> Cases.close(
                handle,
                Audit.RESPONDER,
                caseId,
                ended.equals("DONE") ? Resolution.REMEDIED : Resolution.NOT_NEEDED,
                Map.of("reason", "its command ended as " + ended)));
        return state.isPresent();
    }

    private static double seconds(Ladder ladder) {
        Duration time = ladder.timeOf(Rung.MERCHANT);
        return time.toSeconds();
    }
}
