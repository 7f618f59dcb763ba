/** Commands: what is to be done about an alert, by whom it must be allowed, and until when. */
package io.tillwatch.rules.command;
