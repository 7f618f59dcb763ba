package io.tillwatch.jobs.guard;

import io.tillwatch.jobs.codec.GuardCodec;
import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.guard.Guard;
import io.tillwatch.rules.policy.Policy;
import io.tillwatch.rules.policy.PolicyChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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
    private transient MapState<Long, byte[]> minutes;
    private transient MapState<String, Command> waitingCommands;
    private transient MapState<String, String> expiries;
    private transient MapState<String, Byte> held;
    private transient MetricGroup metrics;
    private transient Counter heldCommands;
    private transient Map<AlertType, Counter> alertsByType;

    /** The minute whose moments are being taken; what they have wait in it does not go through the state. */
    private transient GuardMinute inHand;

    /** The acquirers whose minutes have been gathered since the start. */
    private transient Set<String> gathered;

    /** @param alerts where alerts about feeds and budgets go */
    public GuardFunction(BroadcastPolicies policies, OutputTag<Alert> alerts) {
        this.policies = policies;
        this.alerts = alerts;
    }

    @Override
    public void open(OpenContext context) {
        packed = new Packed<>(new GuardCodec());
        gathered = new HashSet<>();
        packedWaiting = new Packed<>(new GuardWaiting.WaitingCodec());
        remembered = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("guard", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        waiting = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "waiting", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        minutes = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "minutes", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        waitingCommands = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("waitingCommands", Types.STRING, StreamCodec.COMMAND_TYPE));
        expiries = getRuntimeContext().getMapState(new MapStateDescriptor<>("expiries", Types.STRING, Types.STRING));
        held = getRuntimeContext().getMapState(new MapStateDescriptor<>("held", Types.STRING, Types.BYTE));
        metrics = getRuntimeContext().getMetricGroup().addGroup("tillwatch");
        heldCommands = metrics.counter("commandsHeld");
        alertsByType = new EnumMap<>(AlertType.class);
    }

    @Override
    public void processElement(GuardInput input, ReadOnlyContext context, Collector<Command> out) throws Exception {
        gatherMinutes(context);
        if (input instanceof GuardInput.Heard heard) {
            wake(heard.atMillis(), heard.sound().kinds(), context);
        } else if (input instanceof GuardInput.Ordered ordered) {
            policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
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
        gatherMinutes(context);
        long clock = context.currentWatermark();
        long number = GuardMinute.numberOf(timestamp);
        byte[] minute = minutes.get(number);
        if (minute == null || GuardMinute.firstMillis(number, minute) > clock || clock == Long.MAX_VALUE) {
            return;
        }
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        inHand = new GuardMinute(number, minute);
        Guard guard = guard(context.getCurrentKey());
        while (inHand.firstMillis() <= clock) {
            long moment = inHand.firstMillis();
            take(moment, inHand.takeFirst(), guard, context, out);
        }
        remembered.update(packed.bytes(guard.memory()));
        putDown(context);
    }

    private void take(long moment, int bits, Guard guard, OnTimerContext context, Collector<Command> out)
            throws Exception {
        GuardWaiting now = GuardWaiting.NOTHING;
        if ((bits & GuardMinute.MORE) != 0) {
            now = packedWaiting.value(waiting.get(moment));
            waiting.remove(moment);
        }
        Policy policy = policies.resolver().of(context.getCurrentKey(), null);
        for (int i = 1; i <= now.expired(); i++) {
            held.remove(expiries.get(place(moment, i)));
            expiries.remove(place(moment, i));
        }
        int kinds = now.kinds() | bits & ~GuardMinute.MORE;
        if (kinds != 0) {
            guard.hear(moment, kinds, policy, alert -> tell(alert, context));
        }
        guard.look(moment, policy, alert -> tell(alert, context));
        for (Command command : takeCommands(moment, now.commands())) {
            pass(command, guard, context, out);
        }
        if (guard.overBudget()) {
            wake(guard.nextLookAt(moment), 0, context);
        }
    }

    private void tell(Alert alert, ReadOnlyContext context) {
        alertsByType
                .computeIfAbsent(
                        alert.type(),
                        type -> metrics.addGroup("type", type.name()).counter("alerts"))
                .inc();
        context.output(alerts, alert);
    }

    /** Leaves what the clock has not reached for later. */
    private void putDown(OnTimerContext context) throws Exception {
        byte[] rest = inHand.state();
        if (rest == null) {
            minutes.remove(inHand.number());
        } else {
            minutes.put(inHand.number(), rest);
            context.timerService().registerEventTimeTimer(inHand.firstMillis());
        }
        inHand = null;
    }

    /** An earlier state has moments without minutes; they are put into theirs before any of them is taken. */
    private void gatherMinutes(ReadOnlyContext context) throws Exception {
        if (gathered.add(context.getCurrentKey())) {
            for (long moment : waiting.keys()) {
                wake(moment, GuardMinute.MORE, context);
            }
        }
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
            reason = guard.holds(command, policy, alert -> tell(alert, context));
            if (reason != null) {
                heldCommands.inc();
                held.put(id, (byte) reason.ordinal());
                long forget = command.expiresAtMillis() + policyOf(command).forgetAfter();
                int place = enqueue(gridAfter(forget), context, GuardWaiting::expire)
                        .expired();
                expiries.put(place(gridAfter(forget), place), id);
            }
            if (!wasOver && guard.overBudget()) {
                wake(guard.nextLookAt(command.issuedAtMillis()), 0, context);
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

    private GuardWaiting enqueue(long atMillis, ReadOnlyContext context, UnaryOperator<GuardWaiting> change)
            throws Exception {
        byte[] before = waiting.get(atMillis);
        GuardWaiting after = change.apply(before == null ? GuardWaiting.NOTHING : packedWaiting.value(before));
        waiting.put(atMillis, packedWaiting.bytes(after));
        if (before == null) {
            wake(atMillis, GuardMinute.MORE, context);
        }
        return after;
    }

    /** Has a moment taken when the clock reaches it. */
    private void wake(long atMillis, int bits, ReadOnlyContext context) throws Exception {
        long number = GuardMinute.numberOf(atMillis);
        if (inHand != null && inHand.number() == number) {
            inHand.add(atMillis, bits);
            return;
        }
        byte[] before = minutes.get(number);
        byte[] after = GuardMinute.with(before, atMillis, bits);
        if (after != before) {
            minutes.put(number, after);
        }
        if (before == null || atMillis < GuardMinute.firstMillis(number, before)) {
            context.timerService().registerEventTimeTimer(atMillis);
        }
    }

    private static long gridAfter(long millis) {
        return (Math.floorDiv(millis, EXPIRY_GRID_MILLIS) + 1) * EXPIRY_GRID_MILLIS;
    }
}
