/** {@code ./tillwatch query --follow}: a question that is answered on and on, by a Flink within this process. */
package io.tillwatch.catalog.follow;
