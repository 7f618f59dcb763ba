package io.tillwatch.jobs.feed;

import static io.tillwatch.jobs.given.Given.SECOND;
import static io.tillwatch.jobs.given.Given.SHOP;
import static io.tillwatch.jobs.given.Given.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.given.Given;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.guard.Sound;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The gate's operator on its own. It keeps no state and sets no timer. */
class GateFunctionHarnessTest {

    private static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead", StreamCodec.DEAD_LETTER_TYPE);
    private static final OutputTag<GuardInput> SOUNDS = new OutputTag<>("sounds", StreamCodec.GUARD_INPUT_TYPE);

    private OneInputStreamOperatorTestHarness<Inbound, PaymentEvent> gate;

    @BeforeEach
    void open() throws Exception {
        gate = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new GateFunction(DEAD_LETTERS, SOUNDS)));
        gate.setup(StreamCodec.EVENT_TYPE.createSerializer(new SerializerConfigImpl()));
        gate.open();
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    private void read(Inbound inbound) {
        try {
            gate.processElement(new StreamRecord<>(inbound, inbound.arrivedAtMillis()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void read(Fact fact) {
        read(new Inbound(fact.arrivedAtMillis(), fact, null));
    }

    private List<Sound> sounds() {
        return gate.getSideOutput(SOUNDS) == null
                ? List.of()
                : gate.getSideOutput(SOUNDS).stream()
                        .map(r -> ((GuardInput.Heard) r.getValue()).sound())
                        .toList();
    }

    @Test
    void passesRecordsOnAndKeepsPulsesToItself() {
        read(Inbound.pulse(T0));
        read(SHOP.request("p", 100, T0));
        read(Inbound.pulse(T0 + 1));

        assertThat(gate.extractOutputValues()).containsExactly(SHOP.request("p", 100, T0));
        assertThat(gate.getSideOutput(DEAD_LETTERS)).isNull();
    }

    @Test
    @DisplayName("a refused record goes both to the dead letters and, as a taint, to its payment")
    void partsARefusedRecordIntoItsDeadLetterAndItsTaint() {
        DeadLetter letter = new DeadLetter(
                "captures", 0, 1, T0, new Refusal(Refusal.Code.BAD_AMOUNT, "amount"), new byte[0], new byte[0]);
        read(new Inbound(T0, SHOP.taint("p", T0), letter));
        read(new Inbound(T0, null, letter));

        assertThat(gate.extractOutputValues()).containsExactly(SHOP.taint("p", T0));
        assertThat(gate.getSideOutput(DEAD_LETTERS))
                .extracting(StreamRecord::getValue)
                .containsExactly(letter, letter);
        assertThat(sounds()).isEmpty();
    }

    @Test
    void tellsTheGuardOnceInATenthOfASecondWhatWasHeard() {
        for (int i = 0; i < 50; i++) {
            read(SHOP.request("p" + i, 100, T0 + 1 + i));
        }
        read(SHOP.approve("p0", 100, T0 + 60));
        read(SHOP.request("q", 100, T0 + 61));
        read(new Given("acq-2", "mer-1").request("r", 100, T0 + 62));
        read(SHOP.request("s", 100, T0 + 101));

        assertThat(sounds())
                .extracting(Sound::acquirerId, Sound::atMillis)
                .containsExactly(
                        tuple("acq-1", T0 + 100),
                        tuple("acq-1", T0 + 100),
                        tuple("acq-2", T0 + 100),
                        tuple("acq-1", T0 + 200));
        assertThat(sounds().get(1).kinds())
                .as("an approval is an answer, and awaits a capture")
                .isNotEqualTo(sounds().get(0).kinds());
    }

    @Test
    void hearsNothingInWhatIsNoSignOfAFeed() {
        read(SHOP.outcome("p", "c", Outcome.Result.DONE, 5, T0));
        read(SHOP.suspect("p", "q", T0));
        read(SHOP.reverse("p", 5, T0));

        assertThat(gate.extractOutputValues()).hasSize(3);
        assertThat(sounds()).isEmpty();
    }

    @Test
    void remembersNoMoreAcquirersThanItCan() {
        for (int i = 0; i < 25_000; i++) {
            read(new Given("acq-" + i, "mer-1").request("p", 100, T0 + 3 * SECOND));
        }

        assertThat(sounds()).hasSize(25_000);
    }
}
