package io.tillwatch.jobs.wake;

import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.policy.PolicyChange;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps bytes for each key, which say when the key must be woken next, and wakes it then. It does so without Flink's timers,
 * which were a third of what payments cost: wake-ups stand in memory alone, for state tells them again after a restart.
 *
 * <p>A key is woken exactly when it asked for it last, in the order of time and before the clock goes on to the operators
 * behind, as with timers. The end of the input wakes nobody: it is no reason to think that time has passed.
 *
 * @param <I> what is read, by key
 * @param <O> what is told
 */
public abstract class WakingOperator<I, O> extends AbstractStreamOperator<O>
        implements TwoInputStreamOperator<I, PolicyChange, O> {

    /** A time that never comes. */
    protected static final long NEVER = Long.MAX_VALUE;

    private static final String TIMERS_OF_EARLIER_BUILDS = "user-timers";

    private final String stateName;
    private final BroadcastPolicies policies;

    private transient ValueState<byte[]> remembered;
    private transient BroadcastState<String, PolicyChange> policyChanges;
    private transient WakeUps wakeUps;
    private transient StreamRecord<O> told;
    private transient long clockMillis;

    /** @param stateName of what is kept for each key; never to change, for it is found again by it */
    protected WakingOperator(String stateName, BroadcastPolicies policies) {
        this.stateName = stateName;
        this.policies = policies;
    }

    /** Tells it to whoever reads on. */
    protected final void tell(O value) {
        output.collect(told.replace(value));
    }

    /** Tells it to whoever reads that side output. */
    protected final <X> void tellAside(OutputTag<X> side, X value) {
        output.collect(side, told.copy(null).replace(value));
    }

    /** The policies in force. */
    protected final BroadcastPolicies policies() {
        return policies;
    }

    /** The time up to which everything was read. */
    protected final long clockMillis() {
        return clockMillis;
    }

    /** Where to count. */
    protected final MetricGroup tillwatchMetrics() {
        return getMetricGroup().addGroup("tillwatch");
    }

    /**
     * Reads a value.
     *
     * @param before what is kept for the key, or null for nothing; not to be changed
     * @return what is to be kept; the same array if nothing has changed
     */
    protected abstract byte[] read(I value, String key, byte[] before);

    /**
     * Wakes a key at the time it asked for. Afterwards it must ask for a later one.
     *
     * @return what is to be kept, as from {@link #read}
     */
    protected abstract byte[] wake(long atMillis, String key, byte[] before);

    /** When a key of which this is kept must be woken, or {@link #NEVER}. */
    protected abstract long wakeAtMillis(byte[] kept);

    @Override
    public void open() throws Exception {
        super.open();
        told = new StreamRecord<>(null);
        clockMillis = Long.MIN_VALUE;
        policyChanges = getOperatorStateBackend().getBroadcastState(BroadcastPolicies.STATE);
        policies.read(policyChanges);
        remembered = getPartitionedState(
                new ValueStateDescriptor<>(stateName, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        wakeUps = new WakeUps();
        tillwatchMetrics().gauge("wakeUps", wakeUps::count);
        forgetTimersOfEarlierBuilds();
    }

    /** Finds in state who is to be woken; to be called at the end of {@link #open}. */
    protected final void findWakeUps() throws Exception {
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(stateName, VoidNamespace.INSTANCE)) {
            for (String key : (Iterable<String>) keys::iterator) {
                setCurrentKey(key);
                wakeAt(wakeAtMillis(remembered.value()), key);
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<I> element) throws Exception {
        String key = (String) getCurrentKey();
        byte[] before = remembered.value();
        if (element.hasTimestamp()) {
            told.setTimestamp(element.getTimestamp());
        } else {
            told.eraseTimestamp();
        }
        byte[] after = read(element.getValue(), key, before);
        keep(before, after);
        long asked = before == null ? NEVER : wakeAtMillis(before);
        long asks = after == null ? NEVER : wakeAtMillis(after);
        if (asks != asked) {
            if (asked != NEVER) {
                wakeUps.remove(asked, key);
            }
            wakeAt(asks, key);
        }
    }

    @Override
    public void processElement2(StreamRecord<PolicyChange> element) throws Exception {
        policies.change(policyChanges, element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        clockMillis = mark.getTimestamp();
        if (clockMillis != Watermark.MAX_WATERMARK.getTimestamp()) {
            for (WakeUps.WakeUp due = wakeUps.next(clockMillis); due != null; due = wakeUps.next(clockMillis)) {
                setCurrentKey(due.key());
                wake(due);
            }
        }
        super.processWatermark(mark);
    }

    private void wake(WakeUps.WakeUp due) throws Exception {
        byte[] before = remembered.value();
        if (before == null) {
            // State of version 1 tells its time by the policy: if that has changed, an old wake-up may be left.
            return;
        }
        told.setTimestamp(due.atMillis());
        byte[] after = wake(due.atMillis(), due.key(), before);
        keep(before, after);
        if (after != null) {
            wakeAt(wakeAtMillis(after), due.key());
        }
    }

    private void keep(byte[] before, byte[] after) throws Exception {
        if (after == null) {
            if (before != null) {
                remembered.clear();
            }
        } else if (after != before) {
            remembered.update(after);
        }
    }

    private void wakeAt(long atMillis, String key) {
        if (atMillis != NEVER) {
            wakeUps.add(atMillis, key);
        }
    }

    /** State tells the same. */
    private void forgetTimersOfEarlierBuilds() {
        getInternalTimerService(
                TIMERS_OF_EARLIER_BUILDS, VoidNamespaceSerializer.INSTANCE, new Triggerable<String, VoidNamespace>() {
                    @Override
                    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
                        // its key is woken without it
                    }

                    @Override
                    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
                        // there is none
                    }
                });
    }

    /** How many wake-ups are waited for. */
    public final long wakeUps() {
        return wakeUps.count();
    }
}
