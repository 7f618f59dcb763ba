/** What runs in Flink: the floors, Tillwatch's own jobs, and two of its peers. */
package io.tillwatch.bench.flink;
