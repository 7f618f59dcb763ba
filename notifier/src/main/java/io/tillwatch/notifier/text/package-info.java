/** What merchants and cardholders are told. */
package io.tillwatch.notifier.text;
