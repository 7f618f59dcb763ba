package io.tillwatch.cli.cluster;

import io.tillwatch.cli.process.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Option;

/** Where the cluster is. */
final class ClusterOptions {

    @Option(
            names = "--dir",
            description = "Where data, logs and configuration are kept; by default .tillwatch/cluster in the project's"
                    + " directory.")
    private Path directory;

    Path directory(Home home) {
        return (directory == null ? home.directory().resolve(".tillwatch").resolve("cluster") : directory)
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Keeps other commands from working on it at the same time.
     *
     * @throws ClusterException if one does
     */
    static FileLock lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new ClusterException(
                        "another command works on the cluster in " + directory + ": wait until it has ended");
            }
            return lock;
        } catch (IOException e) {
            throw new ClusterException(directory + " cannot be written to: " + e.getMessage(), e);
        }
    }
}
