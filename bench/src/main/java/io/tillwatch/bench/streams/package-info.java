/** The peer in Kafka Streams. */
package io.tillwatch.bench.streams;
