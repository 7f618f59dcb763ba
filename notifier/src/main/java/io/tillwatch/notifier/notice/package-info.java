/** An alert as it is told to others, and who wants to be told. */
package io.tillwatch.notifier.notice;
