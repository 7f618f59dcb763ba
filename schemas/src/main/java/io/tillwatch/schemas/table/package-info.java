/**
 * Topics as tables: which there are, their columns, and what stands in them. The same for every engine that is asked, so that
 * a question moves from one to another.
 */
package io.tillwatch.schemas.table;
