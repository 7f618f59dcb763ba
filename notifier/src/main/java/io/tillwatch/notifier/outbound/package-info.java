/** Requests to others: which addresses may be reached, and what an answer means. */
package io.tillwatch.notifier.outbound;
