package io.tillwatch.responder.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What happens at a {@link Failpoint}: nothing, unless a fault test says otherwise. For any number of threads. */
@FunctionalInterface
public interface Failpoints {

    /** The environment variable and system property that say where to halt: {@code AFTER_INTENT:3,AFTER_SEND:1}. */
    String VARIABLE = "TILLWATCH_FAILPOINTS";

    /** Exit code of a process that was halted at a failpoint: that of one killed by SIGKILL. */
    int HALTED = 137;

    /** Is called by whoever passes the point. */
    void pass(Failpoint point);

    /** Never does anything. */
    static Failpoints inert() {
        return point -> {};
    }

    /**
     * Does something at the n-th passing of a point.
     *
     * @param text pairs {@code POINT:n} divided by commas; empty for none
     * @param then what: {@code point -> Runtime.getRuntime().halt(HALTED)} in a process of its own
     * @throws IllegalArgumentException if the text is none such
     */
    static Failpoints at(String text, Consumer<Failpoint> then) {
        Map<Failpoint, AtomicInteger> left = new EnumMap<>(Failpoint.class);
        for (String pair : text.isBlank() ? new String[0] : text.split(",")) {
            String[] parts = pair.strip().split(":");
            try {
                left.put(
                        Failpoint.valueOf(parts[0]),
                        new AtomicInteger(parts.length == 1 ? 1 : Integer.parseInt(parts[1])));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        VARIABLE + ": \"" + pair + "\" is no pair POINT:n of a point of "
                                + Failpoint.class.getSimpleName() + " and a count",
                        e);
            }
        }
        if (left.isEmpty()) {
            return inert();
        }
        return point -> {
            AtomicInteger count = left.get(point);
            if (count != null && count.decrementAndGet() == 0) {
                then.accept(point);
            }
        };
    }
}
