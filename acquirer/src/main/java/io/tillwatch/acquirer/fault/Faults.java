package io.tillwatch.acquirer.fault;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which fault strikes a request: by the seed, what the request is about and how often that was asked, so that a run
 * can be repeated whatever the order in which its threads get there. Safe for use by several threads.
 */
public final class Faults {

    /** Of those asked about longest ago the count is forgotten, and starts anew. */
    private static final int COUNTED_MAX = 200_000;

    private final long starts;
    private final Map<String, Integer> asked = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > COUNTED_MAX;
        }
    };
    private volatile FaultSettings settings;

    /**
     * Faults.
     *
     * @param starts how often the program was started on its ledger: without it the request that killed the process
     *     would kill it again each time
     */
    public Faults(FaultSettings settings, long starts) {
        this.settings = settings;
        this.starts = starts;
    }

    public FaultSettings settings() {
        return settings;
    }

    /** From the next request on. */
    public void settings(FaultSettings next) {
        settings = next;
    }

    /**
     * What strikes an instruction.
     *
     * @param attempt counted by the client from 1; 0 if it does not tell: then its arrivals are counted here
     */
    public Strike instruction(String acquirerId, String key, int attempt) {
        int occurrence = attempt > 0 ? attempt : count("i" + acquirerId + '\n' + key);
        return strike(acquirerId, "i" + key, occurrence, true);
    }

    /** What strikes an inquiry. */
    public Strike inquiry(String acquirerId, String about) {
        return strike(acquirerId, "q" + about, count("q" + acquirerId + '\n' + about), false);
    }

    private synchronized int count(String what) {
        return asked.merge(what, 1, Integer::sum);
    }

    private Strike strike(String acquirerId, String what, int occurrence, boolean instruction) {
        FaultSettings current = settings;
        FaultRates rates = current.rates(acquirerId);
        long hash = hash(current.seed(), acquirerId + '\n' + what, occurrence);
        double chance = share(mix(hash));
        boolean before = (mix(hash + 1) & 1) == 0;
        long bits = mix(hash + 2);
        Fault struck = Fault.NONE;
        for (Fault fault : Fault.values()) {
            double rate = rates.rate(fault);
            if (struck == Fault.NONE && chance < rate && (instruction || !fault.isForInstructions())) {
                struck = fault;
            }
            chance -= rate;
            if (chance < 0) {
                break;
            }
        }
        if (struck == Fault.KILL && starts > 1 && (mix(hash ^ mix(starts)) & 1) == 0) {
            // In later lives half of it is spared: what killed the process gets through in the end.
            struck = Fault.NONE;
        }
        return new Strike(struck, before, rates.delayMillis(), rates.declineCode(), bits);
    }

    private static double share(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long hash(long seed, String text, int occurrence) {
        long hash = mix(seed);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return mix(hash + occurrence);
    }

    /** SplitMix64's finalizer: every bit of the input moves half of the output's. */
    private static long mix(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
