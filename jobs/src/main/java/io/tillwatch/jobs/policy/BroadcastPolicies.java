package io.tillwatch.jobs.policy;

import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.rules.policy.Policies;
import io.tillwatch.rules.policy.PolicyChange;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The policies of a task: those that were in force when the job was started, under those that were read since. So no
 * payment is ever judged before the policies are known, and a change costs nothing until a payment asks for it.
 *
 * <p>A scope that was returned to the defaults stands in the state with no settings, over what it had at the start.
 */
public final class BroadcastPolicies implements Serializable {

    /** Where the changes are kept. */
    public static final MapStateDescriptor<String, PolicyChange> STATE =
            new MapStateDescriptor<>("policies", Types.STRING, StreamCodec.POLICY_TYPE);

    private static final long serialVersionUID = 1;
    private static final String UNREADABLE = "the policies cannot be read from state";

    /** Settings by scope, by name: what travels with the job graph. */
    private final HashMap<String, PolicySettings> atStart;

    private transient Map<String, PolicyChange> parsed;
    private transient ReadOnlyBroadcastState<String, PolicyChange> current;
    private transient Policies resolver;

    /** @param atStart the policies in force when the job is started */
    public BroadcastPolicies(List<PolicyChange> atStart) {
        this.atStart = new HashMap<>();
        atStart.forEach(change -> this.atStart.put(change.scope(), PolicySettings.of(change)));
    }

    /** Finds the policy of a payment in this task. */
    public Policies resolver() {
        if (resolver == null) {
            parsed = new HashMap<>();
            atStart.forEach((scope, settings) -> parsed.put(scope, settings.change(scope)));
            resolver = new Policies(this::inScope, this::scopes);
        }
        return resolver;
    }

    /** Tells which state to read from; to be called before the resolver is asked. */
    public void read(ReadOnlyBroadcastState<String, PolicyChange> state) {
        current = state;
    }

    /** Takes note of a change. */
    public void change(BroadcastState<String, PolicyChange> state, PolicyChange change) throws Exception {
        state.put(change.scope(), change);
        resolver().forgetResolved();
    }

    private Set<String> scopes() {
        Set<String> scopes = new HashSet<>(parsed.keySet());
        try {
            if (current != null) {
                current.immutableEntries().forEach(entry -> scopes.add(entry.getKey()));
            }
            return scopes;
        } catch (Exception e) {
            throw new IllegalStateException(UNREADABLE, e);
        }
    }

    private PolicyChange inScope(String scope) {
        try {
            PolicyChange changed = current == null ? null : current.get(scope);
            return changed == null ? parsed.get(scope) : changed;
        } catch (Exception e) {
            throw new IllegalStateException(UNREADABLE, e);
        }
    }
}
