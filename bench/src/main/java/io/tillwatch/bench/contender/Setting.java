package io.tillwatch.bench.contender;

import java.nio.file.Path;

/**
 * What all contenders are given alike.
 *
 * @param bootstrapServers of the broker that holds the workload
 * @param parallelism threads that do the work
 * @param directory for checkpoints and local state
 */
public record Setting(String bootstrapServers, int parallelism, Path directory) {}
