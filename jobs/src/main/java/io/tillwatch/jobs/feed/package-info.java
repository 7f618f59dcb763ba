/** How records come in: read, admitted or refused, and put on the clock. */
package io.tillwatch.jobs.feed;
