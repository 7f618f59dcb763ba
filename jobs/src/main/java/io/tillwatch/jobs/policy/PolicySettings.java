package io.tillwatch.jobs.policy;

import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The settings of one scope in a form that travels with the job graph. */
record PolicySettings(HashMap<String, Long> byName) implements Serializable {

    static PolicySettings of(PolicyChange change) {
        HashMap<String, Long> byName = new HashMap<>();
        change.settings().forEach((setting, value) -> byName.put(setting.settingName(), value));
        return new PolicySettings(byName);
    }

    PolicyChange change(String scope) {
        Map<Setting, Long> settings = new EnumMap<>(Setting.class);
        byName.forEach((name, value) -> Setting.named(name).ifPresent(s -> settings.put(s, value)));
        return new PolicyChange(scope, settings);
    }
}
