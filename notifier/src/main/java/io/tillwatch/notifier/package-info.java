/** The process that tells others of alerts. */
package io.tillwatch.notifier;
