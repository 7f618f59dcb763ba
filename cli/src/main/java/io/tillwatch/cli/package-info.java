/** Tillwatch cli. */
package io.tillwatch.cli;
