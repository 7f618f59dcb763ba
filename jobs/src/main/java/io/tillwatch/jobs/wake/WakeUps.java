package io.tillwatch.jobs.wake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which keys are to be woken when: a calendar queue. What is far ahead lies in no order in the buffer of its few seconds, as
 * bytes: to add it is to append it, and a million of them are no objects for the garbage collector to follow. When the clock
 * enters such a span of time, its wake-ups are put in order, and only then.
 *
 * <p>Times are exact and wake-ups come in their order, those of one time by key. One that was added twice comes once.
 * Mutable and confined to one thread.
 */
final class WakeUps {

    /** 4.1 seconds: few enough wake-ups to put in order at once, few enough spans in a week. */
    private static final int SPAN_BITS = 12;

    private static final int SPAN_MASK = (1 << SPAN_BITS) - 1;

    private final Map<Long, Span> later = new HashMap<>();
    private final PriorityQueue<Long> laterNumbers = new PriorityQueue<>();

    private List<WakeUp> sorted = List.of();
    private int sortedNext;

    /** What was added to spans that are open already. */
    private final PriorityQueue<WakeUp> soon = new PriorityQueue<>();

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
        long number = atMillis >> SPAN_BITS;
        if (number <= openedTo) {
            soon.add(new WakeUp(atMillis, key));
        } else {
            Span span = later.get(number);
            if (span == null) {
                span = new Span();
                later.put(number, span);
                laterNumbers.add(number);
            }
            span.add((int) (atMillis & SPAN_MASK), key);
        }
        count++;
    }

    /** The first that the clock has reached, or null; it is taken out. */
    WakeUp next(long clockMillis) {
        while (true) {
            WakeUp first = first();
            if (first != null) {
                if (first.atMillis() > clockMillis) {
                    return null;
                }
                takeOutAll(first);
                return first;
            }
            if (!openNext(clockMillis >> SPAN_BITS)) {
                return null;
            }
        }
    }

    /** How many there are, those that were added twice counted twice. */
    long count() {
        return count;
    }

    private WakeUp first() {
        WakeUp ofSorted = sortedNext < sorted.size() ? sorted.get(sortedNext) : null;
        WakeUp ofSoon = soon.peek();
        if (ofSorted == null || ofSoon == null) {
            return ofSorted == null ? ofSoon : ofSorted;
        }
        return ofSorted.compareTo(ofSoon) <= 0 ? ofSorted : ofSoon;
    }

    private void takeOutAll(WakeUp same) {
        while (sortedNext < sorted.size() && sorted.get(sortedNext).equals(same)) {
            sorted.set(sortedNext, null);
            sortedNext++;
            count--;
        }
        while (same.equals(soon.peek())) {
            soon.remove();
            count--;
        }
    }

    private boolean openNext(long clockNumber) {
        Long number = laterNumbers.peek();
        if (number == null || number > clockNumber) {
            openedTo = Math.max(openedTo, clockNumber);
            return false;
        }
        laterNumbers.remove();
        openedTo = number;
        sorted = later.remove(number).wakeUps(number << SPAN_BITS);
        sorted.sort(null);
        sortedNext = 0;
        return true;
    }

    /** The wake-ups of a span, one after the other: time within the span, length of the key, key. */
    private static final class Span {
        private static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;
        private static final int BYTES_AT_FIRST = 64;

        private ByteBuffer entries = ByteBuffer.allocate(BYTES_AT_FIRST);
        private int size;

        void add(int offset, String key) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            if (entries.remaining() < HEAD_BYTES + bytes.length) {
                int needed = entries.position() + HEAD_BYTES + bytes.length;
                byte[] more = Arrays.copyOf(entries.array(), Math.max(needed, entries.capacity() * 3 / 2));
                entries = ByteBuffer.wrap(more).position(entries.position());
            }
            entries.putShort((short) offset).putInt(bytes.length).put(bytes);
            size++;
        }

        List<WakeUp> wakeUps(long fromMillis) {
            List<WakeUp> all = new ArrayList<>(size);
            byte[] bytes = entries.array();
            ByteBuffer read = ByteBuffer.wrap(bytes, 0, entries.position());
            while (read.hasRemaining()) {
                long at = fromMillis + read.getShort();
                int length = read.getInt();
                all.add(new WakeUp(at, new String(bytes, read.position(), length, StandardCharsets.UTF_8)));
                read.position(read.position() + length);
            }
            return all;
        }
    }
}
