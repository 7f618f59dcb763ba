/**
 * What is known of payments: the records of the feeds as the rules see them, already admitted.
 *
 * <p>Amounts are minor units of the record's ISO 4217 currency, times are milliseconds since the epoch, UTC.
 */
package io.tillwatch.rules.fact;
