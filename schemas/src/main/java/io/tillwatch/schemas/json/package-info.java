/**
 * Records as JSON lines: what {@code replay} reads and writes. A time is a whole number of milliseconds since the epoch,
 * an enum its symbol, an absent optional field is left out or null.
 */
package io.tillwatch.schemas.json;
