/** How money is shown, in Flink's SQL as in the snapshot's. */
package io.tillwatch.catalog.function;
