package io.tillwatch.jobs.feed;

import io.tillwatch.rules.fact.Feed;

/**
 * Where a record stands.
 *
 * @param partition -1 for a line of a file
 * @param offset in the partition, or the number of the line
 * @param arrivedAtMillis the record's timestamp
 */
public record RecordOrigin(Feed feed, int partition, long offset, long arrivedAtMillis) {}
