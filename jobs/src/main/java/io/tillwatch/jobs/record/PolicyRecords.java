package io.tillwatch.jobs.record;

import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.record.Mode;
import io.tillwatch.schemas.record.Policy;
import java.util.EnumMap;
import java.util.Map;

/** Makes a change of policy of its record. */
public final class PolicyRecords {

    private PolicyRecords() {}

    public static PolicyChange change(Policy policy) {
        Map<Setting, Long> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Object value = policy.get(setting.settingName());
            if (value instanceof Mode mode) {
                settings.put(setting, (long)
                        io.tillwatch.rules.policy.Mode.valueOf(mode.name()).ordinal());
            } else if (value instanceof Number number) {
                settings.put(setting, number.longValue());
            }
        }
        return new PolicyChange(policy.getScope(), settings);
    }
}
