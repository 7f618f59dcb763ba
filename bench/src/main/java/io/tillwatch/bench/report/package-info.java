/** What was measured, as a table for people and as JSON. */
package io.tillwatch.bench.report;
