/** What a contender is, how it is measured in a process of its own, and what comes of it. */
package io.tillwatch.bench.contender;
