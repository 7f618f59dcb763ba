/** The books on disk: nothing is answered before it is there. */
package io.tillwatch.acquirer.journal;
