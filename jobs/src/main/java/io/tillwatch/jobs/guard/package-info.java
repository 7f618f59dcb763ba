/** The step behind the assessment that holds automatic commands back, keyed by acquirer. */
package io.tillwatch.jobs.guard;
