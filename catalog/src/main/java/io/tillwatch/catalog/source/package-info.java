/** Reads topics as rows of Flink's SQL. */
package io.tillwatch.catalog.source;
