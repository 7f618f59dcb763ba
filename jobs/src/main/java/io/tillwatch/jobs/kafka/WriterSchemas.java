package io.tillwatch.jobs.kafka;

import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.history.SchemaHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Schemas of writers newer than this build, from a folder: so that they are read before the build is replaced. */
public final class WriterSchemas {

    private WriterSchemas() {}

    /**
     * Reads the {@code .avsc} files of a folder.
     *
     * @param problems gets what is wrong with the folder or a file
     * @return the schemas as JSON, which travels with a job
     */
    public static List<String> read(String folder, List<String> problems) {
        List<String> schemas = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".avsc")).sorted().toList()) {
                read(file, schemas, problems);
            }
            if (schemas.isEmpty() && problems.isEmpty()) {
                problems.add("writer-schemas: " + folder + " holds no .avsc file; put the newer schemas there");
            }
        } catch (IOException e) {
            problems.add("writer-schemas: " + folder + " cannot be read; give a folder of .avsc files");
        }
        return schemas;
    }

    /** The schemas that {@link #read} gave. */
    public static List<Schema> parse(List<String> schemas) {
        return schemas.stream().map(WriterSchemas::parse).toList();
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }

    private static void read(Path file, List<String> schemas, List<String> problems) throws IOException {
        try {
            Schema schema = parse(Files.readString(file));
            for (Feed feed : Feed.values()) {
                // Says whether this build can read what it writes.
                SchemaHistory unused =
                        SchemaHistory.shipped(FeedTypes.recordType(feed)).withWriters(List.of(schema));
            }
            schemas.add(schema.toString());
        } catch (SchemaParseException e) {
            problems.add("writer-schemas: " + file + " is no Avro schema: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add("writer-schemas: " + file + ": " + e.getMessage());
        }
    }
}
