package io.tillwatch.jobs.duplicates;

import io.tillwatch.jobs.codec.LookalikesCodec;
import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps the purchases that are alike for each key, judges them when it is time, and forgets them. */
final class DuplicatesFunction extends KeyedBroadcastProcessFunction<String, Sign, PolicyChange, Suspicion> {

    private final BroadcastPolicies policies;

    private transient Packed<Lookalikes> packed;
    private transient ValueState<byte[]> remembered;
    private transient Counter suspicions;

    DuplicatesFunction(BroadcastPolicies policies) {
        this.policies = policies;
    }

    /** The key that like purchases share, as Flink groups by it. */
    static String keyOf(Sign sign) {
        LookalikeKey key = sign.key();
        return key.cardToken() + '\u001f' + key.merchantId() + '\u001f' + key.amount() + '\u001f' + key.currency();
    }

    @Override
    public void open(OpenContext context) {
        packed = new Packed<>(new LookalikesCodec());
        remembered = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(
                        "lookalikes", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        suspicions = getRuntimeContext().getMetricGroup().addGroup("tillwatch").counter("suspicions");
    }

    @Override
    public void processElement(Sign sign, ReadOnlyContext context, Collector<Suspicion> out) throws Exception {
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        byte[] before = remembered.value();
        Lookalikes lookalikes = before == null ? new Lookalikes() : packed.value(before);
        lookalikes.add(sign);
        remembered.update(packed.bytes(lookalikes));
        // Even if nothing changed by the sign: the policy may have changed since the last timer was set.
        context.timerService().registerEventTimeTimer(wakeAt(lookalikes));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Suspicion> out) throws Exception {
        byte[] before = remembered.value();
        if (before == null || context.currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        policies.read(context.getBroadcastState(BroadcastPolicies.STATE));
        Lookalikes lookalikes = packed.value(before);
        long judgedAt = lookalikes.judgedAtMillis();
        lookalikes.judge(timestamp, policies.resolver(), suspicion -> {
            suspicions.inc();
            out.collect(suspicion);
        });
        if (lookalikes.forgetAt(policies.resolver()) <= timestamp) {
            remembered.clear();
        } else {
            if (lookalikes.judgedAtMillis() != judgedAt) {
                remembered.update(packed.bytes(lookalikes));
            }
            context.timerService().registerEventTimeTimer(wakeAt(lookalikes));
        }
    }

    @Override
    public void processBroadcastElement(PolicyChange change, Context context, Collector<Suspicion> out)
            throws Exception {
        policies.change(context.getBroadcastState(BroadcastPolicies.STATE), change);
    }

    /** When it must be looked at next: to judge, or when nothing is to be judged, to forget. */
    private long wakeAt(Lookalikes lookalikes) {
        long judge = lookalikes.nextJudgementAt(policies.resolver());
        return judge == Lookalikes.NEVER ? lookalikes.forgetAt(policies.resolver()) : judge;
    }
}
