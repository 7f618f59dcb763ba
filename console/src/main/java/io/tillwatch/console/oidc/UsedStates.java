package io.tillwatch.console.oidc;

import java.util.LinkedHashMap;
import java.util.Map;

/** Attempts that came back: each may once. The newest are known; of those before, the issuer itself refuses the code. */
final class UsedStates {

    private static final int KNOWN_MAX = 10_000;

    private final Map<String, Boolean> used = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    /** Whether it comes for the first time. */
    synchronized boolean isFirst(String state) {
        return used.put(state, true) == null;
    }
}
