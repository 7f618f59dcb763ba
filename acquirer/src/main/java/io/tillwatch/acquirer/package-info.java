/** The acquirer simulator: a program of its own, with a ledger of its own, that speaks HTTP and ISO 8583 and goes wrong by seed. */
package io.tillwatch.acquirer;
