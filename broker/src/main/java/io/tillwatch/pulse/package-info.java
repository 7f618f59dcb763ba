/**
 * The pulse: what moves the detectors' clock through quiet hours.
 *
 * <p>That clock is the time of the log, read from the records of every partition of every feed. A partition without
 * records would hold it for ever, so {@link io.tillwatch.pulse.PulseWriter} writes an empty record to each of them
 * twice a second. What stops the pulses stops the clock, and that is the point: no deadline passes on hearsay.
 */
package io.tillwatch.pulse;
