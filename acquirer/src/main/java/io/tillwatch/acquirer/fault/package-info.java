/** Everything that goes wrong between a client and an acquirer, by seed. */
package io.tillwatch.acquirer.fault;
