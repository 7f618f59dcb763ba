/** The acquirer's side of the traffic: what it is told of each payment, and what it did when it was instructed. */
package io.tillwatch.traffic.acquirer;
