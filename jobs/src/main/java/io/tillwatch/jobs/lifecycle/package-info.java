/** The job that joins the lives of each payment and says what is wrong. */
package io.tillwatch.jobs.lifecycle;
