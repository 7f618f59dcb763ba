package io.tillwatch.jobs.replay;

import io.tillwatch.jobs.replay.FeedLoader.Loaded;
import io.tillwatch.jobs.replay.ReplayListener.Stage;
import io.tillwatch.rules.fact.Feed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that was read.
 *
 * @param asOfMillis the end of the replay; empty if it was not given and nothing was let in
 */
record Input(Map<Feed, Loaded> feeds, PolicyLoader.Loaded policies, OptionalLong asOfMillis) {

    /** Reads all files, some of them side by side. */
    static Input load(InputFiles files, ReplaySettings settings, Path work, ReplayListener listener)
            throws ReplayRefusedException, IOException, InterruptedException {
        LongAdder bytesRead = new LongAdder();
        listener.begins(Stage.READING, bytesRead::sum, files.bytes());
        List<String> problems = new ArrayList<>();
        PolicyLoader.Loaded policies = PolicyLoader.Loaded.NOTHING;
        if (files.policies().isPresent()) {
            Path file = files.policies().get();
            try {
                policies = PolicyLoader.load(InputFiles.open(file, new LongAdder()));
            } catch (IOException e) {
                problems.add(unreadable(file, e));
            }
        }
        Map<Feed, Loaded> feeds = loadFeeds(files, settings, work, bytesRead, problems);
        if (!problems.isEmpty()) {
            throw new ReplayRefusedException(problems);
        }
        return new Input(feeds, policies, asOf(settings.asOfMillis(), feeds));
    }

    /** The first arrival of a record let in, or 0 if there is none. */
    long firstMillis() {
        long first =
                feeds.values().stream().mapToLong(Loaded::firstMillis).min().orElse(Long.MAX_VALUE);
        return first == Long.MAX_VALUE ? 0 : first;
    }

    /** The last arrival of a record let in, or 0 if there is none. */
    long lastMillis() {
        return last(feeds).orElse(0);
    }

    /** How many lines of some feeds take part. */
    long entries(List<Feed> of) {
        return feeds.entrySet().stream()
                .filter(feed -> of.contains(feed.getKey()))
                .mapToLong(feed -> feed.getValue().spool().entries())
                .sum();
    }

    private static Map<Feed, Loaded> loadFeeds(
            InputFiles files, ReplaySettings settings, Path work, LongAdder bytesRead, List<String> problems)
            throws InterruptedException {
        Map<Feed, Loaded> loaded = new EnumMap<>(Feed.class);
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(settings.parallelism(), files.feeds().size())));
        try {
            Map<Feed, Future<Loaded>> loading = new EnumMap<>(Feed.class);
            files.feeds()
                    .forEach((feed, file) -> loading.put(
                            feed,
                            threads.submit(() -> FeedLoader.load(
                                    feed,
                                    InputFiles.open(file, bytesRead),
                                    work.resolve(feed.topic() + ".spool"),
                                    settings.asOfMillis()))));
            for (Map.Entry<Feed, Future<Loaded>> feed : loading.entrySet()) {
                try {
                    loaded.put(feed.getKey(), feed.getValue().get());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof IOException unreadable)) {
                        throw new IllegalStateException(
                                "reading " + feed.getKey().topic() + " failed", e.getCause());
                    }
                    problems.add(unreadable(files.feeds().get(feed.getKey()), unreadable));
                }
            }
            return loaded;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String unreadable(Path file, IOException e) {
        return file + " cannot be read to its end (" + e + "): see that it is whole and its permissions allow it,"
                + " and that there is room beside the results";
    }

    private static OptionalLong asOf(OptionalLong given, Map<Feed, Loaded> feeds) {
        return given.isPresent() ? given : last(feeds);
    }

    private static OptionalLong last(Map<Feed, Loaded> feeds) {
        return feeds.values().stream()
                .filter(feed -> feed.firstMillis() <= feed.lastMillis())
                .mapToLong(Loaded::lastMillis)
                .max();
    }
}
