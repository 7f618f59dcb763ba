/** Made-up payments whose truth is known, as files or in a broker. */
package io.tillwatch.bench.workload;
