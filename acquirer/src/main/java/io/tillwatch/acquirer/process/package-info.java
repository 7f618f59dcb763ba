/** The simulator as a process of its own, for those who start it: tests and the demo. */
package io.tillwatch.acquirer.process;
