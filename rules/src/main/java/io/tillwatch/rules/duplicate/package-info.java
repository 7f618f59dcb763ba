/** Which purchase repeats which: the same card, merchant, amount, currency and kind within minutes. */
package io.tillwatch.rules.duplicate;
