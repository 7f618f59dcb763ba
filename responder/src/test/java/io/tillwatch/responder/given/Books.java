package io.tillwatch.responder.given;

import io.tillwatch.responder.journal.Database;
import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;

/** What the journal's tables hold. */
public final class Books {

    private final Database database;

    public Books(Database database) {
        this.database = database;
    }

    public String state(String commandId) {
        return text("SELECT state FROM command WHERE command_id = ?", commandId);
    }

    public String detail(String commandId) {
        return text("SELECT detail FROM command WHERE command_id = ?", commandId);
    }

    public String holdReason(String commandId) {
        return text("SELECT hold_reason FROM command WHERE command_id = ?", commandId);
    }

    public boolean isScheduled(String commandId) {
        return text("SELECT task_instance FROM scheduled_tasks WHERE task_instance = ?", commandId) != null;
    }

    public long count(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    public void execute(String sql, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
    }

    /** The commandIds that are due by now. */
    public List<String> due() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT task_instance FROM scheduled_tasks"
                                + " WHERE task_name = 'command' AND execution_time <= clock_timestamp()"
                                + " ORDER BY execution_time, task_instance")
                        .mapTo(String.class)
                        .list());
    }

    public List<Outcome> outcomes() {
        return records("outcomes", RecordType.OUTCOME);
    }

    public List<Reversal> reversals() {
        return records("reversals", RecordType.REVERSAL);
    }

    /** The result by commandId; fails if one has two. */
    public Map<String, Outcome> outcomeByCommand() {
        return outcomes().stream().collect(Collectors.toMap(Outcome::getCommandId, outcome -> outcome));
    }

    private String text(String sql, String argument) {
        return database.jdbi()
                .withHandle(handle -> handle.select(sql, argument)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
    }

    private <T extends SpecificRecordBase> List<T> records(String topic, RecordType<T> type) {
        var reader = new SingleObject().reader(type);
        return database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT value FROM outbox WHERE topic = :topic ORDER BY id")
                        .bind("topic", topic)
                        .map((row, context) -> row.getBytes(1))
                        .list())
                .stream()
                .map(bytes -> ((Decoded.Value<T>) reader.read(bytes)).value())
                .toList();
    }
}
