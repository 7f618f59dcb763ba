/** Holds and debits of one payment, folded from its facts in the order of occurrence. */
package io.tillwatch.rules.ledger;
