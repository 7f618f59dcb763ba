/** What an acquirer knows of payments, and what it does when it is told to: rules without files, sockets or clocks. */
package io.tillwatch.acquirer.ledger;
