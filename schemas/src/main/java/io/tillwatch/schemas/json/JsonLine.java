package io.tillwatch.schemas.json;

import io.tillwatch.schemas.Decoded;
import java.util.OptionalLong;

/**
 * What a line holds. Of a refused line the key and the time are kept as far as they could be read: its payment is
 * tainted, and it has its place in the order of arrival.
 *
 * @param record the record, or why there is none
 * @param keyOrNull the value of {@link io.tillwatch.schemas.RecordType#keyField()}, unchecked; null if it is not there,
 *     is no string, is given twice, or lies behind the place at which the line ceases to be JSON
 * @param arrivedAtMillis milliseconds since the epoch: the line's {@code arrivedAt}, else its {@code occurredAt}; empty
 *     if neither can be read
 */
public record JsonLine<T>(Decoded<T> record, String keyOrNull, OptionalLong arrivedAtMillis) {}
