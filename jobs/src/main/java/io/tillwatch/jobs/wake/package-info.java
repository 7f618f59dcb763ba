/** Keys that are to be woken, kept in memory and found again in state. */
package io.tillwatch.jobs.wake;
