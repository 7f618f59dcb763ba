/** The job that finds purchases that repeat each other. */
package io.tillwatch.jobs.duplicates;
