package io.tillwatch.traffic.feed;

import io.tillwatch.schemas.topic.Topic;

/**
 * One record as it is written to a feed.
 *
 * @param paymentId the record's key
 * @param value the bytes, readable or not
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, which nobody compares
public record Letter(Topic topic, String paymentId, byte[] value) {}
