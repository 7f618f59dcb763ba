/** {@code tillwatch bench run} and {@code generate}: a program of its own, for its class path holds the peers too. */
package io.tillwatch.bench;
