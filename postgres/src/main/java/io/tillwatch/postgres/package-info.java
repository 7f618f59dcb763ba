/**
 * A real PostgreSQL on this machine, as processes of its own, started from the artifacts on this JVM's class path.
 *
 * <p>{@link io.tillwatch.postgres.PostgresServer} is what the demo, the distributed form and the tests run on. It is for one
 * machine: it listens on the loopback address only and asks for no password. What it has said is committed is on the disk:
 * none of the usual short cuts of a test database is taken.
 */
package io.tillwatch.postgres;
