package io.tillwatch.responder.api;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Bounds failed sign-ins of an address. It keeps guessing from filling the log and the processor; that guessing is hopeless is
 * the tokens' own doing. A good token is therefore taken from any address at any time: otherwise whoever shares an address
 * with the operators could keep them from the kill switch.
 *
 * <p>At most {@link #ADDRESSES_MAX} addresses are remembered, the newest. For any number of threads.
 */
final class SignInLimit {

    static final int ADDRESSES_MAX = 10_000;

    private final int failuresMax;
    private final Duration within;
    private final Clock clock;
    private final Map<String, Window> windows;

    private record Window(long startMillis, int failures) {}

    /**
     * @param failuresMax failures of one address before it is told to wait, at least 1
     * @param within the time in which they are counted, and for which it is told to wait at most
     */
    SignInLimit(int failuresMax, Duration within, Clock clock) {
        this.failuresMax = failuresMax;
        this.within = within;
        this.clock = clock;
        this.windows = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                return size() > ADDRESSES_MAX;
            }
        };
    }

    /** Counts a failure; the seconds to wait if the address has failed too often, empty if it may try again. */
    synchronized OptionalLong failed(String address) {
        long now = clock.millis();
        Window window = windows.remove(address);
        if (window == null || now - window.startMillis() >= within.toMillis() || now < window.startMillis()) {
            window = new Window(now, 0);
        }
        window = new Window(window.startMillis(), Math.min(window.failures() + 1, failuresMax + 1));
        windows.put(address, window);
        if (window.failures() <= failuresMax) {
            return OptionalLong.empty();
        }
        long waitMillis = window.startMillis() + within.toMillis() - now;
        return OptionalLong.of(Math.max(1, (waitMillis + 999) / 1000));
    }
}
