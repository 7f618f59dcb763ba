package io.tillwatch.jobs.codec;

import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Settings are written by name: one that a later build does not know any more is passed over. */
final class PolicyChangeCodec implements Codec<PolicyChange> {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(PolicyChange value, PackedOutput out) throws IOException {
        out.writeString(value.scope());
        out.writeCount(value.settings().size());
        for (Map.Entry<Setting, Long> e : sorted(value).entrySet()) {
            out.writeString(e.getKey().settingName());
            out.writeLong(e.getValue());
        }
    }

    private static Map<Setting, Long> sorted(PolicyChange value) {
        Map<Setting, Long> sorted = new EnumMap<>(Setting.class);
        sorted.putAll(value.settings());
        return sorted;
    }

    @Override
    public PolicyChange read(PackedInput in, int version) throws IOException {
        String scope = in.readString();
        Map<Setting, Long> settings = new EnumMap<>(Setting.class);
        int size = in.readCount();
        for (int i = 0; i < size; i++) {
            Optional<Setting> setting = Setting.named(in.readString());
            long value = in.readLong();
            setting.ifPresent(s -> settings.put(s, value));
        }
        return new PolicyChange(scope, settings);
    }
}
