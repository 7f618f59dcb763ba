package io.tillwatch.acquirer.journal;

import io.tillwatch.acquirer.ledger.Entry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A file of entries that only grows. What is appended while the disk is busy goes to it together (group commit), so the
 * number of entries a second does not depend on how slow a single write is.
 *
 * <p>A last line that is not whole was never answered for: it is cut off when the file is opened. A broken line anywhere
 * else is damage, and the file is refused.
 */
final class JournalFile implements AutoCloseable {

    private record Waiting(ByteBuffer line, CompletableFuture<Void> onDisk) {}

    private final Path path;
    private final FileChannel channel;
    private final Executor answering;
    private final Consumer<Throwable> onFailure;
    private final Thread writer;

    private final Object lock = new Object();
    private List<Waiting> waiting = new ArrayList<>();
    private CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);
    private boolean closed;

    /**
     * Reads the file, or makes it.
     *
     * @param onEntry gets each entry that is there, in order
     * @param answering runs what follows when an entry is on disk, so that the disk does not wait for it
     * @param onFailure is told when the file cannot be written any more; nothing is acknowledged from then on
     * @throws JournalException if the file is damaged, or in use by another process
     */
    JournalFile(Path path, Consumer<Entry> onEntry, Executor answering, Consumer<Throwable> onFailure) {
        this.path = path;
        this.answering = answering;
        this.onFailure = onFailure;
        try {
            this.channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new JournalException(path + " is in use by another process: stop that one first");
            }
            long whole = replay(onEntry);
            channel.truncate(whole);
            channel.position(whole);
            channel.force(true);
        } catch (IOException e) {
            throw new JournalException("cannot open " + path + ": check its directory and rights", e);
        }
        this.writer = new Thread(this::write, "journal");
        writer.setDaemon(true);
        writer.start();
    }

    /** Returns the number of bytes up to the end of the last whole line. */
    private long replay(Consumer<Entry> onEntry) throws IOException {
        long whole = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int read = in.read();
            while (read >= 0) {
                if (read != '\n') {
                    line.write(read);
                    read = in.read();
                    continue;
                }
                read = in.read();
                Optional<Entry> entry = EntryLine.read(line.toByteArray());
                if (entry.isEmpty()) {
                    if (read >= 0) {
                        throw new JournalException(path + " is damaged at byte " + whole
                                + ", before its end: restore it from a copy, or start with an empty directory");
                    }
                    return whole;
                }
                onEntry.accept(entry.get());
                whole += line.size() + 1L;
                line.reset();
            }
        }
        return whole;
    }

    /** Appends; entries are in the file in the order of the calls. The answer completes when the entry is on disk. */
    CompletableFuture<Void> append(Entry entry) {
        Waiting added = new Waiting(ByteBuffer.wrap(EntryLine.write(entry)), new CompletableFuture<>());
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(new JournalException(path + " is closed"));
            }
            waiting.add(added);
            newest = added.onDisk();
            lock.notifyAll();
        }
        return added.onDisk();
    }

    /** Completes when all that was appended so far is on disk. */
    CompletableFuture<Void> settled() {
        synchronized (lock) {
            return newest;
        }
    }

    private void write() {
        List<Waiting> batch = next();
        while (!batch.isEmpty()) {
            try {
                write(batch);
            } catch (IOException | RuntimeException e) {
                fail(batch, e);
                return;
            }
            batch.forEach(written -> written.onDisk().completeAsync(() -> null, answering));
            batch = next();
        }
    }

    private void write(List<Waiting> batch) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Waiting entry : batch) {
            lines.writeBytes(entry.line().array());
        }
        ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
    }

    /** Empty only when the file is closed and nothing is left to write. */
    private List<Waiting> next() {
        synchronized (lock) {
            while (waiting.isEmpty() && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
            List<Waiting> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        }
    }

    private void fail(List<Waiting> batch, Exception cause) {
        List<Waiting> lost = new ArrayList<>(batch);
        synchronized (lock) {
            closed = true;
            lost.addAll(waiting);
            waiting = new ArrayList<>();
        }
        JournalException failure =
                new JournalException("cannot write " + path + ": make room, then start again", cause);
        onFailure.accept(failure);
        lost.forEach(entry -> entry.onDisk().completeExceptionally(failure));
    }

    /** Writes what is waiting, then closes the file. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            writer.join();
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new JournalException("cannot close " + path, e);
        }
    }
}
