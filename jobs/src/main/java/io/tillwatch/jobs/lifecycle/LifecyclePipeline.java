package io.tillwatch.jobs.lifecycle;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.GateFunction;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.guard.GuardFunction;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.policy.PolicyChange;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The graph of the lifecycle job: gates, payments, guards. The same for live runs and for replay. */
public final class LifecyclePipeline {

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("deadLetters", StreamCodec.DEAD_LETTER_TYPE);
    private static final OutputTag<GuardInput> SOUNDS = new OutputTag<>("sounds", StreamCodec.GUARD_INPUT_TYPE);
    private static final OutputTag<GuardInput> COMMANDS = new OutputTag<>("commands", StreamCodec.GUARD_INPUT_TYPE);
    private static final OutputTag<Alert> GUARD_ALERTS = new OutputTag<>("guardAlerts", StreamCodec.ALERT_TYPE);

    private LifecyclePipeline() {}

    /**
     * What comes in.
     *
     * @param feeds streams of records of feeds, with timestamps and watermarks, by a name that never changes: state is
     *     found again by it. How many feeds share a stream is the caller's choice
     * @param policyChanges changes of policies after the start
     * @param policies the policies in force at the start
     * @param earlyWithin how far ahead of the clock alerts may be told; zero for never
     */
    public record Sources(
            Map<String, DataStream<Inbound>> feeds,
            DataStream<PolicyChange> policyChanges,
            BroadcastPolicies policies,
            Duration earlyWithin) {}

    /** What comes out. */
    public record Results(DataStream<Alert> alerts, DataStream<Command> commands, DataStream<DeadLetter> deadLetters) {}

    /** Builds the graph between sources and sinks. */
    public static Results define(Sources sources) {
        DataStream<PaymentEvent> events = null;
        DataStream<DeadLetter> deadLetters = null;
        DataStream<GuardInput> sounds = null;
        for (Map.Entry<String, DataStream<Inbound>> feed : sources.feeds().entrySet()) {
            SingleOutputStreamOperator<PaymentEvent> gate = gate("gate-" + feed.getKey(), feed.getValue());
            events = events == null ? gate : events.union(gate);
            deadLetters = union(deadLetters, gate.getSideOutput(DEAD_LETTERS));
            sounds = union(sounds, gate.getSideOutput(SOUNDS));
        }
        SingleOutputStreamOperator<Alert> payments = events.keyBy(PaymentEvent::paymentId, Types.STRING)
                .connect(sources.policyChanges().broadcast())
                .transform(
                        "payments",
                        StreamCodec.ALERT_TYPE,
                        new LifecycleOperator(sources.policies(), sources.earlyWithin(), COMMANDS))
                .uid("payments");

        SingleOutputStreamOperator<Command> guards = sounds.union(payments.getSideOutput(COMMANDS))
                .keyBy(GuardInput::acquirerId, Types.STRING)
                .connect(sources.policyChanges().broadcast(BroadcastPolicies.STATE))
                .process(new GuardFunction(sources.policies(), GUARD_ALERTS), StreamCodec.COMMAND_TYPE)
                .uid("guards")
                .name("guards");

        return new Results(payments.union(guards.getSideOutput(GUARD_ALERTS)), guards, deadLetters);
    }

    private static SingleOutputStreamOperator<PaymentEvent> gate(String name, DataStream<Inbound> stream) {
        return stream.process(new GateFunction(DEAD_LETTERS, SOUNDS), StreamCodec.EVENT_TYPE)
                .uid(name)
                .name(name)
                .setParallelism(stream.getParallelism());
    }

    private static <T> DataStream<T> union(DataStream<T> some, DataStream<T> more) {
        return some == null ? more : some.union(more);
    }
}
