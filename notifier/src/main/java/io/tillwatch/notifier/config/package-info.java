/** What the notifier is told. */
package io.tillwatch.notifier.config;
