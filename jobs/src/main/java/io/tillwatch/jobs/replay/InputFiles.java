package io.tillwatch.jobs.replay;

import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.topic.Topic;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;

/**
 * The files of an input folder.
 *
 * @param feeds the file of each feed that has one, in the order in which records of one time are taken
 */
record InputFiles(Map<Feed, Path> feeds, Optional<Path> policies) {

    private static final String PLAIN = ".jsonl";
    private static final String ZIPPED = ".jsonl.gz";
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Feeds whose files are read; suspicions are found anew. */
    static final List<Feed> FEEDS =
            List.of(Feed.AUTHORIZATIONS, Feed.CAPTURES, Feed.SETTLEMENTS, Feed.REVERSALS, Feed.OUTCOMES);

    /** Looks for the files; tells what is wrong with the folder. */
    static InputFiles in(Path folder, List<String> problems) {
        Map<Feed, Path> feeds = new EnumMap<>(Feed.class);
        if (!Files.isDirectory(folder)) {
            problems.add("input folder " + folder + (Files.exists(folder) ? " is no folder" : " does not exist")
                    + ": give the folder that holds authorizations.jsonl and the others");
            return new InputFiles(feeds, Optional.empty());
        }
        for (Feed feed : FEEDS) {
            file(folder, feed.topic(), problems).ifPresent(file -> feeds.put(feed, file));
        }
        Optional<Path> policies = file(folder, Topic.POLICIES.baseName(), problems);
        if (problems.isEmpty() && feeds.isEmpty()) {
            problems.add("input folder " + folder + " has no file to replay: give it at least one of "
                    + String.join(
                            ", ", FEEDS.stream().map(f -> f.topic() + PLAIN).toList()) + ", as it is or with .gz");
        }
        return new InputFiles(feeds, policies);
    }

    private static Optional<Path> file(Path folder, String name, List<String> problems) {
        Path plain = folder.resolve(name + PLAIN);
        Path zipped = folder.resolve(name + ZIPPED);
        if (Files.exists(plain) && Files.exists(zipped)) {
            problems.add(plain + " is there as it is and as .gz: remove the one that is not meant");
        }
        for (Path file : List.of(plain, zipped)) {
            if (Files.exists(file)) {
                if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                    problems.add(file + " is no file that can be read: see to its permissions");
                }
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The size of all feeds' files, as they stand on disk. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Path file : feeds.values()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Opens a file's content. What is read of the file as it stands on disk is counted. */
    static InputStream open(Path file, LongAdder bytesRead) throws IOException {
        InputStream counted = new FilterInputStream(Files.newInputStream(file)) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                if (read >= 0) {
                    bytesRead.increment();
                }
                return read;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read > 0) {
                    bytesRead.add(read);
                }
                return read;
            }
        };
        if (!file.toString().endsWith(ZIPPED)) {
            return counted;
        }
        try {
            return new GZIPInputStream(counted, BUFFER_BYTES);
        } catch (IOException e) {
            counted.close();
            throw e;
        }
    }
}
