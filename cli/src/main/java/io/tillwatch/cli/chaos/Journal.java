package io.tillwatch.cli.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The responder's tables, read by name; and what a person writes into them where the run plays the person. */
final class Journal implements AutoCloseable {

    private static final Set<String> ENDS = Set.of("DONE", "NOT_NEEDED", "FAILED", "ESCALATED");

    private final Connection connection;

    Journal(String jdbcUrl) throws SQLException {
        this.connection = DriverManager.getConnection(jdbcUrl);
    }

    /** A command as it stands. */
    record Row(
            String commandId,
            String paymentId,
            String state,
            Instant stateSince,
            String holdReason,
            int attempts,
            String detail,
            Long doneAmount) {

        boolean isEnd() {
            return ENDS.contains(state);
        }
    }

    /** An exchange with an acquirer that was about to be made. */
    record Attempt(int number, boolean send, Instant intentAt, Instant answeredAt, String answer) {}

    /**
     * How far things are.
     *
     * @param held of those that are known: what a person, a switch or a budget holds back
     */
    record Progress(long known, long ended, long held, long untold) {}

    boolean isThere() throws SQLException {
        return count("SELECT count(*) FROM information_schema.tables WHERE table_name = 'instance'") > 0;
    }

    Progress progress() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*), count(*) FILTER (WHERE state IN"
                        + " ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED')), count(*) FILTER (WHERE state = 'HELD'),"
                        + " (SELECT count(*) FROM outbox WHERE told_at IS NULL) FROM command");
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Progress(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    Map<String, Row> commands() throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT command_id, payment_id, state, state_since,"
                        + " hold_reason, attempts, detail, done_amount FROM command");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.put(
                        row.getString(1),
                        new Row(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant(),
                                row.getString(5),
                                row.getInt(6),
                                row.getString(7),
                                row.getObject(8, Long.class)));
            }
        }
        return rows;
    }

    /** By commandId, in their order. */
    Map<String, List<Attempt>> attempts() throws SQLException {
        Map<String, List<Attempt>> attempts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT command_id, number, kind, intent_at,"
                        + " answered_at, answer FROM attempt ORDER BY command_id, number");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Timestamp answered = row.getTimestamp(5);
                attempts.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Attempt(
                                row.getInt(2),
                                row.getString(3).equals("SEND"),
                                row.getTimestamp(4).toInstant(),
                                answered == null ? null : answered.toInstant(),
                                row.getString(6)));
            }
        }
        return attempts;
    }

    /** When a command was first approved, by commandId. */
    Map<String, Instant> approvals() throws SQLException {
        Map<String, Instant> approvals = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT command_id, min(approved_at) FROM approval GROUP BY command_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                approvals.put(row.getString(1), row.getTimestamp(2).toInstant());
            }
        }
        return approvals;
    }

    AuditChain.Result audit() throws SQLException {
        AuditChain chain = new AuditChain();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT id, at, person, verb, subject, detail::text, previous, hash FROM audit ORDER BY id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                chain.follow(new AuditChain.Link(
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBytes(7),
                        row.getBytes(8)));
            }
        }
        return chain.result();
    }

    /** Closes or opens what stops an acquirer's commands. */
    void turnSwitch(String acquirerId, boolean closed) throws SQLException {
        update(
                "INSERT INTO kill_switch (scope, closed, reason, person) VALUES (?, ?, 'chaos', 'chaos')"
                        + " ON CONFLICT (scope) DO UPDATE SET closed = excluded.closed, at = now()",
                "acquirer:" + acquirerId,
                closed);
    }

    void budget(String acquirerId, int commandsPerMinute) throws SQLException {
        update(
                "INSERT INTO budget (acquirer_id, commands_per_minute, amount_per_hour, person) VALUES (?, ?, ?,"
                        + " 'chaos') ON CONFLICT (acquirer_id) DO UPDATE SET commands_per_minute ="
                        + " excluded.commands_per_minute",
                acquirerId,
                commandsPerMinute,
                1_000_000_000_000_000L);
    }

    /** Approves what the journal holds under that id; false if it is not there yet. */
    boolean approve(String commandId, String person) throws SQLException {
        int approved = update(
                "INSERT INTO approval (command_id, person, content_hash)"
                        + " SELECT command_id, ?, content_hash FROM command WHERE command_id = ?"
                        + " ON CONFLICT DO NOTHING",
                person,
                commandId);
        update("UPDATE command SET due_at = now() WHERE command_id = ? AND state = 'HELD'", commandId);
        update(
                "UPDATE scheduled_tasks SET execution_time = now(), version = version + 1"
                        + " WHERE task_instance = ? AND NOT picked",
                commandId);
        return approved > 0;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }

    private long count(String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
