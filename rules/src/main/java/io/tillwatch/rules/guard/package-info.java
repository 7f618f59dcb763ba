/**
 * What holds automatic commands back: feeds that are silent altogether, and a budget per acquirer. It stands behind the
 * assessment and only ever turns an automatic command into one that waits for a person.
 */
package io.tillwatch.rules.guard;
