/**
 * Records as bytes in a topic. Each record is decoded from its own bytes alone, with the schema that wrote it, and to
 * the last byte: nothing of one record can reach another.
 */
package io.tillwatch.schemas.wire;
