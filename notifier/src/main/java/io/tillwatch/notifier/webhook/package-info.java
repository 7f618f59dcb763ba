/** Signed events to webhooks. */
package io.tillwatch.notifier.webhook;
