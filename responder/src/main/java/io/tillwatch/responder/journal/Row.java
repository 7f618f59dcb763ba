package io.tillwatch.responder.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Command;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A command's row, as it was when it was read and locked. */
record Row(
        Command command,
        String contentHash,
        int issue,
        boolean withdrawn,
        Instant notBefore,
        Instant expiresAt,
        State state,
        Optional<HoldReason> holdReason,
        Instant dueAt,
        boolean inFlight,
        int attempts,
        int inquiries,
        int unanswered,
        Optional<Instant> firstSentAt,
        Map<String, String> identifiers,
        long fence,
        Optional<Instant> claimedUntil,
        Instant now) {

    private static final JsonLines<Command> LINES = JsonLines.of(RecordType.COMMAND);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> IDENTIFIERS = new TypeReference<>() {};

    static final String COLUMNS = "content::text, content_hash, issue, withdrawn, not_before, expires_at, state,"
            + " hold_reason, due_at, in_flight, attempts, inquiries, unanswered, first_sent_at, identifiers::text, fence,"
            + " claimed_until, clock_timestamp() AS now";

    /** The row, which nobody else can change until the transaction ends. */
    static Optional<Row> lock(Handle handle, String commandId) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM command WHERE command_id = :id FOR UPDATE")
                .bind("id", commandId)
                .map((row, context) -> read(row))
                .findOne();
    }

    static String json(Command command) {
        return LINES.writeString(command);
    }

    static String json(Map<String, String> identifiers) {
        try {
            return JSON.writeValueAsString(identifiers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings cannot be written as JSON", e);
        }
    }

    static Map<String, String> identifiers(String json) {
        try {
            return json == null ? Map.of() : Map.copyOf(JSON.readValue(json, IDENTIFIERS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds identifiers that are no JSON object of strings", e);
        }
    }

    static Row read(ResultSet row) throws SQLException {
        return new Row(
                command(row.getString("content")),
                HexFormat.of().formatHex(row.getBytes("content_hash")),
                row.getInt("issue"),
                row.getBoolean("withdrawn"),
                row.getTimestamp("not_before").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("hold_reason")).map(HoldReason::valueOf),
                row.getTimestamp("due_at").toInstant(),
                row.getBoolean("in_flight"),
                row.getInt("attempts"),
                row.getInt("inquiries"),
                row.getInt("unanswered"),
                time(row, "first_sent_at"),
                identifiers(row.getString("identifiers")),
                row.getLong("fence"),
                time(row, "claimed_until"),
                row.getTimestamp("now").toInstant());
    }

    private static Command command(String json) {
        if (LINES.read(json).record() instanceof Decoded.Value<Command> read) {
            return read.value();
        }
        throw new IllegalStateException("the journal holds a command that this build cannot read: start the newer one");
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    String commandId() {
        return command.getCommandId();
    }

    /** Whether somebody holds it. */
    boolean claimed() {
        return claimedUntil.isPresent() && claimedUntil.get().isAfter(now);
    }
}
