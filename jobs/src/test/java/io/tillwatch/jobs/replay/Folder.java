package io.tillwatch.jobs.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** An input folder of a test and what a replay of it gives. */
final class Folder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReplayCluster cluster;
    private final Path in;
    private final Path out;

    /** @param temporary an empty folder */
    Folder(ReplayCluster cluster, Path temporary) throws IOException {
        this.cluster = cluster;
        this.in = Files.createDirectories(temporary.resolve("in"));
        this.out = temporary.resolve("out");
    }

    Path in() {
        return in;
    }

    Path out() {
        return out;
    }

    /** Writes a file of lines. */
    Folder with(String name, Object... lines) throws IOException {
        Files.writeString(in.resolve(name), text(lines));
        return this;
    }

    /** Writes a compressed file of lines. */
    Folder withZipped(String name, Object... lines) throws IOException {
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(in.resolve(name)))) {
            file.write(text(lines).getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    private static String text(Object... lines) {
        return Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Replays to the last arrival. */
    Folder replayed() throws Exception {
        return replayed(OptionalLong.empty(), 2, StateBackend.HEAP);
    }

    /** Replays up to a time. */
    Folder replayedAsOf(long millis) throws Exception {
        return replayed(OptionalLong.of(millis), 2, StateBackend.HEAP);
    }

    Folder replayed(OptionalLong asOf, int tasks, StateBackend stateBackend) throws Exception {
        ReplayJob.run(new ReplaySettings(in, out, asOf, tasks, stateBackend), cluster);
        return this;
    }

    /** One row for each alert: id, revision, status, detectedAt. */
    List<String> alerts() throws IOException {
        return rows("alerts.jsonl", "alertId", "revision", "status", "detectedAt");
    }

    /** One row for each command: id, issue, status, approval, reason. */
    List<String> commands() throws IOException {
        return rows("commands.jsonl", "commandId", "issue", "status", "approval", "approvalReason");
    }

    /** One row for each dead letter: feed, line, error. */
    List<String> deadLetters() throws IOException {
        return rows("dead-letters.jsonl", "feed", "line", "error");
    }

    JsonNode summary() throws IOException {
        return JSON.readTree(out.resolve("summary.json").toFile());
    }

    /** All results as they stand. */
    List<String> bytes() throws IOException {
        List<String> all = new ArrayList<>();
        for (String name : List.of("alerts.jsonl", "commands.jsonl", "dead-letters.jsonl", "summary.json")) {
            all.add(Files.readString(out.resolve(name)));
        }
        return all;
    }

    List<String> rows(String name, String... fields) throws IOException {
        return rows(out.resolve(name), fields);
    }

    /** The fields of each line of a file, with a hyphen for what is not there. */
    static List<String> rows(Path file, String... fields) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = JSON.readTree(line);
            List<String> row = new ArrayList<>();
            for (String field : fields) {
                row.add(
                        json.path(field).isMissingNode() || json.path(field).isNull()
                                ? "-"
                                : json.get(field).asText());
            }
            rows.add(String.join(" ", row));
        }
        return rows;
    }
}
