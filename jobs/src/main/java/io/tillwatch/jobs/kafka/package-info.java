/** The jobs' sources and sinks in Kafka, and their settings. */
package io.tillwatch.jobs.kafka;
