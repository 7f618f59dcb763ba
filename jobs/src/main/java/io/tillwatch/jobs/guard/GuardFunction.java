package io.tillwatch.jobs.guard;

import io.tillwatch.jobs.codec.GuardCodec;
import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.guard.Guard;
import io.tillwatch.rules.policy.Policy;
import io.tillwatch.rules.policy.PolicyChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the {@link Guard} of each acquirer. What arrives waits until the clock has reached its time and is then taken in
 * order, so that what is held does not depend on how the work is divided among tasks.
 */
public final class GuardFunction extends KeyedBroadcastProcessFunction<String, GuardInput, PolicyChange, Command> {

    private static final long EXPIRY_GRID_MILLIS = Duration.ofHours(1).toMillis();
    private static final ApprovalReason[] REASONS = ApprovalReason.values();

    private final BroadcastPolicies policies;
    private final OutputTag<Alert> alerts;

    private transient Packed<Guard.Memory> packed;
    private transient Packed<GuardWaiting> packedWaiting;
    private transient ValueState<byte[]> remembered;
    private transient MapState<Long, byte[]> waiting;
    private transient MapState<String, Command> waitingCommands;
    private transient MapState<String, String> expiries;
    private transient MapState<String, Byte> held;
    private transient Counter heldCommands;

    /** @param alerts where alerts about feeds and budgets go */
    public GuardFunction(BroadcastPolicies policies, OutputTag<Alert> alerts) {
        this.policies = policies;
        this.alerts = alerts;
    }

    @Override
    public void open(OpenContext context) {
        packed = new Packed<>(new GuardCodec());
        packedWaiting = new Packed<>(new GuardWaiting.WaitingCodec());
        remembered = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("guard", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        waiting = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "waiting", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        waitingCommands = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("waitingCommands", Types.STRING, StreamCodec.COMMAND_TYPE));
        expiries = getRuntimeContext().getMapState(new MapStateDescriptor<>("expiries", Types.STRING, Types.STRING));
        held = getRuntimeContext().getMapState(new MapStateDescriptor<>("held", Types.STRING, Types.BYTE));
        heldCommands =
                getRuntimeContext().getMetricGroup().addGroup("tillwatch").counter("commandsHeld");
    }

    @Override
    public void processElement(GuardInput input, ReadOnlyContext context, Collector<Command> out) throws Exception {
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        if (input instanceof GuardInput.Heard heard) {
            enqueue(heard.atMillis(), context, w -> w.hear(heard.sound().kinds()));
        } else if (input instanceof GuardInput.Ordered ordered) {
            if (ordered.atMillis() > context.currentWatermark()) {
                int place = enqueue(ordered.atMillis(), context, GuardWaiting::order)
                        .commands();
                waitingCommands.put(place(ordered.atMillis(), place), ordered.command());
            } else {
                Guard guard = guard(context.getCurrentKey());
                pass(ordered.command(), guard, context, out);
                remembered.update(packed.bytes(guard.memory()));
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Command> out) throws Exception {
        byte[] due = waiting.get(timestamp);
        if (due == null || context.currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        waiting.remove(timestamp);
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        GuardWaiting now = packedWaiting.value(due);
        Guard guard = guard(context.getCurrentKey());
        Policy policy = policies.resolver().of(context.getCurrentKey(), null);
        for (int i = 1; i <= now.expired(); i++) {
            held.remove(expiries.get(place(timestamp, i)));
            expiries.remove(place(timestamp, i));
        }
        if (now.kinds() != 0) {
            guard.hear(timestamp, now.kinds(), policy, alert -> context.output(alerts, alert));
        }
        guard.look(timestamp, policy, alert -> context.output(alerts, alert));
        for (Command command : takeCommands(timestamp, now.commands())) {
            pass(command, guard, context, out);
        }
        if (guard.overBudget()) {
            enqueue(guard.nextLookAt(timestamp), context, w -> w);
        }
        remembered.update(packed.bytes(guard.memory()));
    }

    @Override
    public void processBroadcastElement(PolicyChange change, Context context, Collector<Command> out) throws Exception {
        policies.change(context.getBroadcastState(BroadcastPolicies.STATE), change);
    }

    /** Lets a command through, as it is or held for a person. What was decided for it once stays. */
    private void pass(Command command, Guard guard, ReadOnlyContext context, Collector<Command> out) throws Exception {
        String id = command.commandId();
        Byte decided = held.get(id);
        ApprovalReason reason = decided == null ? null : REASONS[decided];
        if (decided == null && command.issue() == 1 && command.automatic()) {
            Policy policy = policies.resolver().of(context.getCurrentKey(), null);
            boolean wasOver = guard.overBudget();
            reason = guard.holds(command, policy, alert -> context.output(alerts, alert));
            if (reason != null) {
                heldCommands.inc();
                held.put(id, (byte) reason.ordinal());
                long forget = command.expiresAtMillis() + policyOf(command).forgetAfter();
                int place = enqueue(gridAfter(forget), context, GuardWaiting::expire)
                        .expired();
                expiries.put(place(gridAfter(forget), place), id);
            }
            if (!wasOver && guard.overBudget()) {
                enqueue(guard.nextLookAt(command.issuedAtMillis()), context, w -> w);
            }
        }
        if (command.withdrawn()) {
            held.remove(id); // it is never written again
        }
        out.collect(reason == null ? command : Guard.hold(command, reason, policyOf(command)));
    }

    private Policy policyOf(Command command) {
        return policies.resolver()
                .of(command.original().acquirerId(), command.original().merchantId());
    }

    private Guard guard(String acquirerId) throws Exception {
        byte[] memory = remembered.value();
        return memory == null ? new Guard(acquirerId) : new Guard(acquirerId, packed.value(memory));
    }

    private interface Change {
        GuardWaiting apply(GuardWaiting waiting);
    }

    private List<Command> takeCommands(long atMillis, int count) throws Exception {
        List<Command> commands = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            commands.add(waitingCommands.get(place(atMillis, i)));
            waitingCommands.remove(place(atMillis, i));
        }
        commands.sort(Comparator.comparing(Command::commandId).thenComparing(Command::issue));
        return commands;
    }

    private static String place(long atMillis, int number) {
        return atMillis + "/" + number;
    }

    private GuardWaiting enqueue(long atMillis, ReadOnlyContext context, Change change) throws Exception {
        byte[] before = waiting.get(atMillis);
        GuardWaiting now = before == null ? GuardWaiting.NOTHING : packedWaiting.value(before);
        GuardWaiting after = change.apply(now);
        if (before == null || !after.equals(now)) {
            waiting.put(atMillis, packedWaiting.bytes(after));
        }
        if (before == null) {
            context.timerService().registerEventTimeTimer(atMillis);
        }
        return after;
    }

    private static long gridAfter(long millis) {
        return (Math.floorDiv(millis, EXPIRY_GRID_MILLIS) + 1) * EXPIRY_GRID_MILLIS;
    }
}
