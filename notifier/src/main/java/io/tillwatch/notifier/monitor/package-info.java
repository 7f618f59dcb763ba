/** Whether the notifier lives, and its figures. */
package io.tillwatch.notifier.monitor;
