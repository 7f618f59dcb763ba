package io.tillwatch.console.projection;

/** A partition of a topic; the topic by its base name. */
record Spot(String topic, int partition) {}
