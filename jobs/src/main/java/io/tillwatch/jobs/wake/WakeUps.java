package io.tillwatch.jobs.wake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Which keys are to be woken when: a calendar queue. What is far ahead lies in no order in the buffer of its few seconds, as
 * bytes: to add it is to append it, to take it back is to append that, and a million of them are no objects for the garbage
 * collector to follow. When the clock enters such a span of time, what is left of it is put in order, and only then.
 *
 * <p>Times are exact and wake-ups come in their order, those of one time by key. Mutable and confined to one thread.
 */
final class WakeUps {

    /** 4.1 seconds: few enough wake-ups to put in order at once, few enough spans in a week. */
    private static final int SPAN_BITS = 12;

    private static final int SPAN_MASK = (1 << SPAN_BITS) - 1;

    private final Map<Long, Span> later = new HashMap<>();
    private final PriorityQueue<Long> laterNumbers = new PriorityQueue<>();

    /** Of the span that was opened last. */
    private ArrayDeque<WakeUp> sorted = new ArrayDeque<>();

    /** What was added to spans that were open already. */
    private final TreeSet<WakeUp> soon = new TreeSet<>();

    /** Spans up to this number are open. */
    private long openedTo = Long.MIN_VALUE;

    private long count;

    /** A key that is to be woken. */
    record WakeUp(long atMillis, String key) implements Comparable<WakeUp> {
        @Override
        public int compareTo(WakeUp other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime == 0 ? key.compareTo(other.key) : byTime;
        }
    }

    /** Has a key woken when the clock gets there; if it has passed the time already, at once. */
    void add(long atMillis, String key) {
        count++;
        Span span = spanOf(atMillis);
        if (span == null) {
            soon.add(new WakeUp(atMillis, key));
        } else {
            span.added.append((int) (atMillis & SPAN_MASK), key);
        }
    }

    /** Takes back what was added. */
    void remove(long atMillis, String key) {
        count--;
        Span span = spanOf(atMillis);
        if (span == null) {
            WakeUp open = new WakeUp(atMillis, key);
            if (!soon.remove(open)) {
                sorted.remove(open);
            }
        } else {
            span.removed.append((int) (atMillis & SPAN_MASK), key);
        }
    }

    /** The first that the clock has reached, or null; it is taken out. */
    WakeUp next(long clockMillis) {
        while (true) {
            WakeUp first = first();
            if (first != null) {
                return first.atMillis() > clockMillis ? null : takeOut(first);
            }
            if (!openNext(clockMillis >> SPAN_BITS)) {
                return null;
            }
        }
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** The span of a time, or null if it is open. */
    private Span spanOf(long atMillis) {
        long number = atMillis >> SPAN_BITS;
        if (number <= openedTo) {
            return null;
        }
        Span span = later.get(number);
        if (span == null) {
            span = new Span();
            later.put(number, span);
            laterNumbers.add(number);
        }
        return span;
    }

    private WakeUp first() {
        WakeUp ofSorted = sorted.peekFirst();
        WakeUp ofSoon = soon.isEmpty() ? null : soon.first();
        if (ofSorted == null || ofSoon == null) {
            return ofSorted == null ? ofSoon : ofSorted;
        }
        return ofSorted.compareTo(ofSoon) <= 0 ? ofSorted : ofSoon;
    }

    private WakeUp takeOut(WakeUp first) {
        count--;
        if (first.equals(sorted.peekFirst())) {
            sorted.removeFirst();
        } else {
            soon.remove(first);
        }
        return first;
    }

    private boolean openNext(long clockNumber) {
        Long number = laterNumbers.peek();
        if (number == null || number > clockNumber) {
            openedTo = Math.max(openedTo, clockNumber);
            return false;
        }
        laterNumbers.remove();
        openedTo = number;
        sorted = later.remove(number).left(number << SPAN_BITS);
        return true;
    }

    /** What was added to a span of time, and what was taken back. */
    private static final class Span {
        private final Entries added = new Entries();
        private final Entries removed = new Entries();

        ArrayDeque<WakeUp> left(long fromMillis) {
            List<WakeUp> all = added.sorted(fromMillis);
            Iterator<WakeUp> takenBack = removed.sorted(fromMillis).iterator();
            ArrayDeque<WakeUp> left = new ArrayDeque<>(all.size());
            WakeUp next = takenBack.hasNext() ? takenBack.next() : null;
            for (WakeUp wakeUp : all) {
                if (wakeUp.equals(next)) {
                    next = takenBack.hasNext() ? takenBack.next() : null;
                } else {
                    left.add(wakeUp);
                }
            }
            return left;
        }
    }

    /** Wake-ups of a span, one after the other: time within the span, length of the key, key. */
    private static final class Entries {
        private static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;
        private static final int BYTES_AT_FIRST = 64;
        private static final byte[] NOTHING = {};

        private byte[] bytes = NOTHING;
        private int size;
        private int count;

        void append(int offset, String key) {
            byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
            int newSize = Math.addExact(size, HEAD_BYTES + keyBytes.length);
            if (newSize > bytes.length) {
                int more = Math.max(BYTES_AT_FIRST, bytes.length + (bytes.length >> 1));
                bytes = Arrays.copyOf(bytes, Math.max(newSize, more));
            }
            ByteBuffer.wrap(bytes)
                    .position(size)
                    .putShort((short) offset)
                    .putInt(keyBytes.length)
                    .put(keyBytes);
            size = newSize;
            count++;
        }

        List<WakeUp> sorted(long fromMillis) {
            List<WakeUp> all = new ArrayList<>(count);
            ByteBuffer read = ByteBuffer.wrap(bytes, 0, size);
            while (read.hasRemaining()) {
                long at = fromMillis + read.getShort();
                int length = read.getInt();
                all.add(new WakeUp(at, new String(bytes, read.position(), length, StandardCharsets.UTF_8)));
                read.position(read.position() + length);
            }
            all.sort(null);
            return all;
        }
    }
}
