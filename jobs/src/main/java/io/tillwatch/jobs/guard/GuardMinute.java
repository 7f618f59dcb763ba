package io.tillwatch.jobs.guard;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The moments of one minute for which something waits. A timer, a look-up and a decoded guard for each moment were a tenth
 * of all work: so the moments of a minute stand in state together, three bytes each, and one timer, for the first of them,
 * wakes them all as far as the clock has come.
 *
 * <p>In state it is the version, the first moment, and entries in no order. To add one is to append to the bytes; only who
 * takes the minute {@linkplain #GuardMinute in hand} reads and sorts it. Mutable and confined to one thread.
 */
final class GuardMinute {

    /** Marks a moment of which a {@link GuardWaiting} tells more; the lower bits are those of a sound. */
    static final int MORE = 1 << 6;

    private static final int VERSION = 1;
    private static final int MINUTE_MILLIS = 60_000;
    private static final int HEAD_BYTES = 3;
    private static final int ENTRY_BYTES = 3;

    private final long number;
    private final TreeMap<Integer, Integer> moments = new TreeMap<>();

    /** @param state what stands in state */
    GuardMinute(long number, byte[] state) {
        this.number = number;
        for (int at = HEAD_BYTES; at < state.length; at += ENTRY_BYTES) {
            add(offsetAt(state, at), state[at + 2]);
        }
    }

    /** The number of the minute that a time is in, by which it is found in state. */
    static long numberOf(long atMillis) {
        return Math.floorDiv(atMillis, (long) MINUTE_MILLIS);
    }

    /** The first moment for which something waits. */
    static long firstMillis(long number, byte[] state) {
        return number * MINUTE_MILLIS + offsetAt(state, 1);
    }

    /**
     * The state with one thing more; the same array if it holds it.
     *
     * @param state null for nothing yet
     * @param bits of a {@link io.tillwatch.rules.guard.Sound}, {@link #MORE}, or 0 to look at the budget
     */
    static byte[] with(byte[] state, long atMillis, int bits) {
        int offset = offsetOf(atMillis);
        if (state == null) {
            byte[] one = new byte[HEAD_BYTES + ENTRY_BYTES];
            one[0] = VERSION;
            putOffset(one, 1, offset);
            putEntry(one, HEAD_BYTES, offset, bits);
            return one;
        }
        if (holds(state, offset, bits)) {
            return state;
        }
        byte[] more = Arrays.copyOf(state, state.length + ENTRY_BYTES);
        if (offset < offsetAt(state, 1)) {
            putOffset(more, 1, offset);
        }
        putEntry(more, state.length, offset, bits);
        return more;
    }

    long number() {
        return number;
    }

    /** Adds something for a moment of this minute. */
    void add(long atMillis, int bits) {
        add(offsetOf(atMillis), (byte) bits);
    }

    /** The first moment for which something waits, or {@link Long#MAX_VALUE} when nothing does. */
    long firstMillis() {
        return moments.isEmpty() ? Long.MAX_VALUE : number * MINUTE_MILLIS + moments.firstKey();
    }

    /** Takes out the bits of the first moment. */
    int takeFirst() {
        return moments.pollFirstEntry().getValue();
    }

    /** As it stands in state, or null when nothing waits. */
    byte[] state() {
        if (moments.isEmpty()) {
            return null;
        }
        byte[] state = new byte[HEAD_BYTES + moments.size() * ENTRY_BYTES];
        state[0] = VERSION;
        putOffset(state, 1, moments.firstKey());
        int at = HEAD_BYTES;
        for (Map.Entry<Integer, Integer> moment : moments.entrySet()) {
            putEntry(state, at, moment.getKey(), moment.getValue());
            at += ENTRY_BYTES;
        }
        return state;
    }

    private void add(int offset, byte bits) {
        moments.merge(offset, (int) bits, (a, b) -> a | b);
    }

    private static boolean holds(byte[] state, int offset, int bits) {
        for (int at = state.length - ENTRY_BYTES; at >= HEAD_BYTES; at -= ENTRY_BYTES) {
            if (offsetAt(state, at) == offset && (bits & ~state[at + 2]) == 0) {
                return true;
            }
        }
        return false;
    }

    private static int offsetOf(long atMillis) {
        return (int) Math.floorMod(atMillis, (long) MINUTE_MILLIS);
    }

    private static int offsetAt(byte[] state, int at) {
        return (state[at] & 0xFF) << 8 | state[at + 1] & 0xFF;
    }

    private static void putOffset(byte[] state, int at, int offset) {
        state[at] = (byte) (offset >> 8);
        state[at + 1] = (byte) offset;
    }

    private static void putEntry(byte[] state, int at, int offset, int bits) {
        putOffset(state, at, offset);
        state[at + 2] = (byte) bits;
    }
}
