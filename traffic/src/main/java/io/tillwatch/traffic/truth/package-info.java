/** What is true of each payment, and what was found, held against each other. */
package io.tillwatch.traffic.truth;
