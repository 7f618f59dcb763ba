package io.tillwatch.jobs.duplicates;

import io.tillwatch.jobs.codec.LookalikesCodec;
import io.tillwatch.jobs.codec.Packed;
import io.tillwatch.jobs.policy.BroadcastPolicies;
import io.tillwatch.jobs.wake.WakingOperator;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.Policies;
import org.apache.flink.metrics.Counter;

/** Keeps the purchases that are alike for each key, judges them when it is time, and forgets them. */
final class DuplicatesOperator extends WakingOperator<Sign, Suspicion> {

    private transient Packed<LookalikesCodec.Asleep> packed;
    private transient Policies policies;
    private transient Counter suspicions;

    DuplicatesOperator(BroadcastPolicies policies) {
        super("lookalikes", policies);
    }

    /** The key that like purchases share, as Flink groups by it. */
    static String keyOf(Sign sign) {
        LookalikeKey key = sign.key();
        return key.cardToken() + '\u001f' + key.merchantId() + '\u001f' + key.amount() + '\u001f' + key.currency();
    }

    @Override
    public void open() throws Exception {
        super.open();
        packed = new Packed<>(new LookalikesCodec());
        policies = policies().resolver();
        suspicions = tillwatchMetrics().counter("suspicions");
        findWakeUps();
    }

    @Override
    protected byte[] read(Sign sign, String key, byte[] before) {
        Lookalikes lookalikes =
                before == null ? new Lookalikes() : packed.value(before).lookalikes();
        lookalikes.add(sign);
        // Even if nothing changed by the sign: the policy may have changed since.
        return asleep(lookalikes);
    }

    @Override
    protected byte[] wake(long atMillis, String key, byte[] before) {
        Lookalikes lookalikes = packed.value(before).lookalikes();
        lookalikes.judge(atMillis, policies, suspicion -> {
            suspicions.inc();
            tell(suspicion);
        });
        return lookalikes.forgetAt(policies) <= atMillis ? null : asleep(lookalikes);
    }

    @Override
    protected long wakeAtMillis(byte[] kept) {
        return LookalikesCodec.saysWhen(kept)
                ? LookalikesCodec.wakeAtMillis(kept)
                : nextLookAt(packed.value(kept).lookalikes());
    }

    private byte[] asleep(Lookalikes lookalikes) {
        return packed.bytes(new LookalikesCodec.Asleep(nextLookAt(lookalikes), lookalikes));
    }

    /** When they must be looked at next: to judge, or when nothing is to be judged, to forget. */
    private long nextLookAt(Lookalikes lookalikes) {
        long judge = lookalikes.nextJudgementAt(policies);
        return judge == Lookalikes.NEVER ? lookalikes.forgetAt(policies) : judge;
    }
}
