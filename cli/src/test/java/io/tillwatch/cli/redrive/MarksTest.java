package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.LetterEnd;
import io.tillwatch.schemas.record.Redriven;
import io.tillwatch.schemas.wire.SingleObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final LetterId ID = new LetterId("settlements", 3, 1042, 1_772_452_800_000L);

    private final Marks marks = new Marks();

    @Test
    void holdsTheNewestOfEachLetter() {
        assertThat(marks.state(ID)).isEqualTo(Marks.State.WAITING);
        take(mark(LetterEnd.LAID_ASIDE, 0));
        assertThat(marks.state(ID)).isEqualTo(Marks.State.LAID_ASIDE);
        take(mark(LetterEnd.SENT_BACK, 1));
        assertThat(marks.state(ID)).isEqualTo(Marks.State.SENT_BACK);
        assertThat(marks.times(ID)).isEqualTo(1);
        LetterId madeAnew = new LetterId(ID.feed(), ID.partition(), ID.offset(), ID.arrivedAtMillis() + 1);
        assertThat(marks.state(madeAnew))
                .as("one that stands there since the topic was made anew")
                .isEqualTo(Marks.State.WAITING);
    }

    @Test
    void standsStillBeforeAMarkThatItCannotRead() {
        assertThatThrownBy(() -> marks.take(new byte[] {1, 2, 3}, "tillwatch.redriven, partition 0, offset 4"))
                .isInstanceOf(UnreadableMarkException.class)
                .hasMessageContaining("tillwatch.redriven, partition 0, offset 4")
                .hasMessageContaining("newest build");
    }

    @Test
    void leavesOutOfAPlanWhatWasDoneMeanwhile() {
        Parcel parcel = new Parcel(
                ID,
                io.tillwatch.rules.fact.Feed.SETTLEMENTS,
                new byte[0],
                new byte[0],
                "p-1",
                "e-1",
                false,
                List.of(),
                List.of());
        Plan plan = new Plan(List.of(parcel), 2, List.of(), false);
        assertThat(plan.without(marks)).isEqualTo(plan);
        take(mark(LetterEnd.SENT_BACK, 1));
        assertThat(plan.without(marks)).isEqualTo(new Plan(List.of(), 3, List.of(), false));
    }

    private void take(Redriven mark) {
        marks.take(new SingleObject().writer(RecordType.REDRIVEN).write(mark), "here");
    }

    private static Redriven mark(LetterEnd what, int times) {
        return Redriven.newBuilder()
                .setLetterId(ID.text())
                .setFeed(ID.feed())
                .setFeedPartition(ID.partition())
                .setFeedOffset(ID.offset())
                .setArrivedAt(Instant.ofEpochMilli(ID.arrivedAtMillis()))
                .setWhat(what)
                .setDoneAt(Instant.ofEpochMilli(Refused.NOW))
                .setDoneBy("night")
                .setTimes(times)
                .setMended(false)
                .build();
    }
}
