package io.tillwatch.testkit;

import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast lives go by: the windows of the policy that they are measured by. All that happens in a random life happens a
 * fraction of a window, or a little more than a window, after what it follows, so that one generator serves a test that
 * spans months and a run that a person watches for a minute.
 */
public final class Pace {

    /** The defaults of every setting: days and weeks. */
    public static final Pace REAL = new Pace(Map.of());

    /** Windows of seconds: a life is over within a minute, its payment forgotten within three. */
    public static final Pace SECONDS = new Pace(Map.ofEntries(
            window(Setting.AUTHORIZATION_RESPONSE_WITHIN, Duration.ofSeconds(2)),
            window(Setting.CAPTURE_WITHIN, Duration.ofSeconds(6)),
            window(Setting.PREAUTH_VALID_FOR, Duration.ofSeconds(12)),
            window(Setting.SETTLE_WITHIN, Duration.ofSeconds(8)),
            window(Setting.ORPHAN_GRACE, Duration.ofSeconds(2)),
            window(Setting.MATCH_GRACE, Duration.ofMillis(500)),
            window(Setting.DUPLICATE_WITHIN, Duration.ofSeconds(3)),
            window(Setting.REMEDY_DELAY, Duration.ofSeconds(1)),
            window(Setting.OUTCOME_WITHIN, Duration.ofSeconds(3)),
            window(Setting.APPROVAL_WITHIN, Duration.ofSeconds(20)),
            window(Setting.REFUND_AUTOMATIC_WITHIN, Duration.ofSeconds(20)),
            window(Setting.REMEMBER_FOR, Duration.ofSeconds(60)),
            window(Setting.FORGET_AFTER, Duration.ofSeconds(150)),
            window(Setting.RESPONSES_SILENT_FOR, Duration.ofSeconds(4)),
            window(Setting.CAPTURES_SILENT_FOR, Duration.ofSeconds(8)),
            window(Setting.SETTLEMENTS_SILENT_FOR, Duration.ofSeconds(12))));

    private final Map<Setting, Long> settings;

    private Pace(Map<Setting, Long> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** The same with another value, in the units of {@link Setting}. */
    public Pace with(Setting setting, long value) {
        Map<Setting, Long> changed = new EnumMap<>(Setting.class);
        changed.putAll(settings);
        changed.put(setting, value);
        return new Pace(changed);
    }

    /** The value of a setting at this pace. */
    public long get(Setting setting) {
        return settings.getOrDefault(setting, setting.defaultValue());
    }

    /** What must be set for all scopes so that the detector goes at this pace. */
    public PolicyChange policy() {
        return new PolicyChange(PolicyChange.EVERYWHERE, settings);
    }

    /** Within which a life started now has seen its last record and told its last alert, roughly. */
    public long lifeMillis() {
        return get(Setting.PREAUTH_VALID_FOR)
                + 2 * get(Setting.SETTLE_WITHIN)
                + get(Setting.CAPTURE_WITHIN)
                + get(Setting.APPROVAL_WITHIN);
    }

    private static Map.Entry<Setting, Long> window(Setting setting, Duration duration) {
        return Map.entry(setting, duration.toMillis());
    }
}
