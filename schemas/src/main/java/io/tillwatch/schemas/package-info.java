/**
 * The records that flow in and out, whatever their form: {@link io.tillwatch.schemas.RecordType} lists them,
 * {@link io.tillwatch.schemas.Decoded} is what reading one gives. Their Java types are generated from the Avro schemas
 * into {@code io.tillwatch.schemas.record}.
 */
package io.tillwatch.schemas;
