/** The topics as tables of Flink SQL: found by Flink when a catalog of type {@code tillwatch} is created. */
package io.tillwatch.catalog;
