package io.tillwatch.cli.redrive;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.LetterEnd;
import io.tillwatch.schemas.record.Redriven;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was done with which letter: the newest mark of each. */
final class Marks {

    /** Where a letter stands. */
    enum State {
        WAITING,
        SENT_BACK,
        LAID_ASIDE
    }

    private final RecordReader<Redriven> reader = RecordReader.ofAny(List.of(new SingleObject()), RecordType.REDRIVEN);
    private final Map<LetterId, Redriven> newest = new HashMap<>();

    /**
     * Takes a record of the topic; they come in its order.
     *
     * @throws UnreadableMarkException if this build cannot read it: without it, letters might be sent twice
     */
    void take(byte[] valueOrNull, String place) {
        if (valueOrNull == null) {
            return;
        }
        if (!(reader.read(valueOrNull) instanceof Decoded.Value<Redriven> mark)) {
            throw new UnreadableMarkException(place);
        }
        take(mark.value());
    }

    void take(Redriven mark) {
        LetterId.of(mark.getLetterId()).ifPresent(id -> newest.put(id, mark));
    }

    Optional<Redriven> of(LetterId id) {
        return Optional.ofNullable(newest.get(id));
    }

    State state(LetterId id) {
        Redriven mark = newest.get(id);
        if (mark == null) {
            return State.WAITING;
        }
        return mark.getWhat() == LetterEnd.SENT_BACK ? State.SENT_BACK : State.LAID_ASIDE;
    }

    /** How often the letter was sent back so far. */
    int times(LetterId id) {
        Redriven mark = newest.get(id);
        return mark == null ? 0 : mark.getTimes();
    }
}
