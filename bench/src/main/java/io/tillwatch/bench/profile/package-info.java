/** Where the CPU time of a contender went, from a recording of its JVM. */
package io.tillwatch.bench.profile;
