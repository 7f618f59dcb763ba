package io.tillwatch.jobs.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/** How far a task has come, in a file: a task and who started it share no object. */
final class ProgressFile implements Closeable {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);

    private ProgressFile(FileChannel channel) {
        this.channel = channel;
    }

    static ProgressFile at(Path file) throws IOException {
        return new ProgressFile(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Notes that so much is done. */
    void note(long done) throws IOException {
        channel.write(buffer.clear().putLong(done).flip(), 0);
    }

    /** What was last noted in a file; 0 as long as there is nothing. */
    static LongSupplier noted(Path file) {
        return () -> {
            ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return channel.read(buffer, 0) < Long.BYTES ? 0 : buffer.getLong(0);
            } catch (IOException e) {
                return 0; // not begun
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
