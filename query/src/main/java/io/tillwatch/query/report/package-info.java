/** The management report: what was wrong, how much money it was about, and how it ended. */
package io.tillwatch.query.report;
