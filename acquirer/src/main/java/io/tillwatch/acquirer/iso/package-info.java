/** The acquirer over ISO 8583 (1987). */
package io.tillwatch.acquirer.iso;
