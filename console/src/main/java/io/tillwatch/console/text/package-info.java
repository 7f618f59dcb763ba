/** Words, figures and times, in the reader's language and zone. */
package io.tillwatch.console.text;
