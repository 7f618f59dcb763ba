/** The pages on which operations staff see what is wrong with payments, and decide. */
package io.tillwatch.console;
