/** Between the records of the topics and the types of the rules. */
package io.tillwatch.jobs.record;
