package io.tillwatch.jobs.feed;

import io.tillwatch.rules.admission.Refusal;

/**
 * A record that was refused, as it is set aside.
 *
 * @param feed the feed that it came from, by its topic's name without prefix
 * @param partition its partition; -1 for a line of a file
 * @param offset its offset, or the number of its line, from 1
 * @param timestampMillis when it arrived
 * @param key its key, or null where it has none or holds a card number
 * @param value its bytes, or null where they hold a card number
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came, which nobody compares
public record DeadLetter(
        String feed, int partition, long offset, long timestampMillis, Refusal refusal, byte[] key, byte[] value) {}
