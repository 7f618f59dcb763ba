/**
 * A real Kafka broker on this machine, as a process of its own, and a thin way to make topics on any Kafka.
 *
 * <p>{@link io.tillwatch.broker.KafkaBroker} is what the demo, the distributed form and the tests run on: a single node
 * that is broker and controller at once, started from the artifacts on this JVM's class path, which can be killed,
 * paused and restarted like any Kafka. It is for one machine: nothing is replicated, and it listens on the loopback
 * address only.
 */
package io.tillwatch.broker;
