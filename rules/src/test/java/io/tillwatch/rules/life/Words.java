package io.tillwatch.rules.life;

import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Setting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One step of a {@link Life}, taken apart. */
final class Words {

    private static final Set<String> FLAGS = Set.of("auto", "preauth", "more", "failed");

    private final String step;
    private final String verb;
    private final String arrived;
    private final Deque<String> inOrder = new ArrayDeque<>();
    private final Set<String> flags = new HashSet<>();
    private final Map<String, String> fields = new HashMap<>();

    private Words(String step) {
        this.step = step.trim();
        String time = null;
        for (String word : this.step.split("\\s+")) {
            int equals = word.indexOf('=');
            if (word.startsWith("@")) {
                time = word.substring(1);
            } else if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (FLAGS.contains(word)) {
                flags.add(word);
            } else {
                inOrder.add(word);
            }
        }
        this.arrived = time;
        this.verb = next("verb");
    }

    static Words of(String step) {
        return new Words(step);
    }

    String verb() {
        return verb;
    }

    /** The next word that is neither a flag, a field nor the time. */
    String next(String what) {
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("no " + what + " in: " + step);
        }
        return inOrder.remove();
    }

    long nextAmount() {
        return Long.parseLong(next("amount"));
    }

    boolean flag(String name) {
        return flags.remove(name);
    }

    /** A field, or another value where it is not given. {@code null} stands for none. */
    String field(String name, String otherwise) {
        String value = fields.remove(name);
        return value == null ? otherwise : value.equals("null") ? null : value;
    }

    long arrivedAt(long otherwise) {
        return arrived == null ? otherwise : Times.millis(arrived);
    }

    Map<Setting, Long> settings() {
        Map<Setting, Long> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = field(setting.settingName(), null);
            if (value != null) {
                settings.put(
                        setting,
                        setting.kind() == Setting.Kind.MODE
                                ? (long) Mode.valueOf(value).ordinal()
                                : Times.millis(value));
            }
        }
        return settings;
    }

    void expectAllUsed() {
        if (!inOrder.isEmpty() || !flags.isEmpty() || !fields.isEmpty()) {
            throw new IllegalArgumentException("not understood: " + inOrder + flags + fields + " in: " + step);
        }
    }
}
