/** Both jobs in one process, for one machine. */
package io.tillwatch.jobs.local;
