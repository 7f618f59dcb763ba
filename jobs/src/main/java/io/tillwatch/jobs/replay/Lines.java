package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.record.ResultRecords;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * How the results of one kind are spooled: in which order, under which name they are counted, and as which bytes.
 *
 * @param <T> the result
 */
interface Lines<T> extends Serializable {

    /** By time, then by identity, then by revision. */
    void key(T result, DataOutputSerializer key) throws IOException;

    /** What it is counted as. */
    String countedAs(T result);

    /** Its line, or its packed form. */
    void value(T result, DataOutputSerializer value) throws IOException;

    /** Alerts by detectedAt. */
    final class Alerts implements Lines<Alert> {
        static final String RAISED = "RAISED";
        static final String CLEARED = "CLEARED";

        private static final JsonLines<io.tillwatch.schemas.record.Alert> JSON = JsonLines.of(RecordType.ALERT);

        @Override
        public void key(Alert alert, DataOutputSerializer key) throws IOException {
            SortKey.number(key, alert.detectedAtMillis());
            SortKey.text(key, alert.alertId());
            SortKey.number(key, alert.revision());
        }

        @Override
        public String countedAs(Alert alert) {
            return Counts.name(alert.type().name(), alert.raised() ? RAISED : CLEARED);
        }

        @Override
        public void value(Alert alert, DataOutputSerializer value) throws IOException {
            value.write(JSON.write(ResultRecords.alert(alert)));
        }
    }

    /** Commands by issuedAt. */
    final class Commands implements Lines<Command> {
        static final String WRITTEN_AGAIN = "writtenAgain";
        static final String WITHDRAWN = "withdrawn";

        private static final JsonLines<io.tillwatch.schemas.record.Command> JSON = JsonLines.of(RecordType.COMMAND);

        @Override
        public void key(Command command, DataOutputSerializer key) throws IOException {
            SortKey.number(key, command.issuedAtMillis());
            SortKey.text(key, command.commandId());
            SortKey.number(key, command.issue());
        }

        @Override
        public String countedAs(Command command) {
            String what = command.approval().name();
            if (command.withdrawn()) {
                what = WITHDRAWN;
            } else if (command.issue() > 1) {
                what = WRITTEN_AGAIN;
            }
            return Counts.name(command.action().name(), what);
        }

        @Override
        public void value(Command command, DataOutputSerializer value) throws IOException {
            value.write(JSON.write(ResultRecords.command(command)));
        }
    }

    /** Dead letters by feed, then by line. */
    final class DeadLetters implements Lines<DeadLetter> {
        private static final int AFTER_ALL_FEEDS = Byte.MAX_VALUE;

        @Override
        public void key(DeadLetter letter, DataOutputSerializer key) throws IOException {
            int place = AFTER_ALL_FEEDS;
            for (Feed feed : Feed.values()) {
                place = feed.topic().equals(letter.feed()) ? feed.ordinal() : place;
            }
            key.write(place);
            SortKey.number(key, letter.offset());
        }

        @Override
        public String countedAs(DeadLetter letter) {
            return letter.refusal().code().name();
        }

        @Override
        public void value(DeadLetter letter, DataOutputSerializer value) throws IOException {
            value.write(JsonText.deadLetter(letter));
        }
    }

    /** Suspicions as events of the second pass, in the order in which they are taken. */
    final class Suspicions implements Lines<Suspicion> {
        private transient TypeSerializer<Inbound> serializer;

        @Override
        public void key(Suspicion suspicion, DataOutputSerializer key) throws IOException {
            EventKey.write(key, suspicion.arrivedAtMillis(), suspicion.feed(), suspicion.eventId());
        }

        @Override
        public String countedAs(Suspicion suspicion) {
            return suspicion.confidence().name();
        }

        @Override
        public void value(Suspicion suspicion, DataOutputSerializer value) throws IOException {
            if (serializer == null) {
                serializer = StreamCodec.INBOUND_TYPE.createSerializer(null);
            }
            serializer.serialize(new Inbound(suspicion.arrivedAtMillis(), suspicion, null), value);
        }
    }
}
