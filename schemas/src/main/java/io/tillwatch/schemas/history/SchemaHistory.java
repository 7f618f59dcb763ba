package io.tillwatch.schemas.history;

import io.tillwatch.schemas.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas with which a record may have been written: every version shipped ({@code <Record>/v1.avsc} and on, beside
 * this class), and those of newer writers that an operator adds. Immutable.
 */
public final class SchemaHistory {

    private final RecordType<?> type;
    private final List<Schema> versions;
    private final Map<Long, Schema> byFingerprint;

    private SchemaHistory(RecordType<?> type, List<Schema> versions, Collection<Schema> others) {
        this.type = type;
        this.versions = List.copyOf(versions);
        Map<Long, Schema> writers = new HashMap<>();
        versions.forEach(version -> writers.put(fingerprint(version), version));
        others.forEach(other -> writers.putIfAbsent(fingerprint(other), other));
        this.byFingerprint = Map.copyOf(writers);
    }

    /**
     * The versions in this build.
     *
     * @throws IllegalStateException if there is none: the build is incomplete
     */
    public static SchemaHistory shipped(RecordType<?> type) {
        List<Schema> versions = load(type);
        if (versions.isEmpty()) {
            throw new IllegalStateException("no shipped version of the schema " + type + " in this build: expected "
                    + resource(type, 1) + " beside " + SchemaHistory.class.getName());
        }
        return new SchemaHistory(type, versions, List.of());
    }

    /**
     * This history and the schemas of writers newer than this build, so that they are read before the build is
     * replaced. Schemas of other records are left aside.
     *
     * @throws IllegalArgumentException if this build's schema cannot read what one of them writes; says all that is wrong
     */
    public SchemaHistory withWriters(Collection<Schema> writers) {
        List<Schema> ours = writers.stream()
                .filter(writer -> writer.getFullName().equals(type.schema().getFullName()))
                .toList();
        List<String> problems = ours.stream()
                .flatMap(writer -> SchemaEvolution.unreadable(type.schema(), writer).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("this build cannot read what the given schema of " + type
                    + " writes; leave it out or upgrade first: " + String.join("; ", problems));
        }
        List<Schema> others = new ArrayList<>(byFingerprint.values());
        others.addAll(ours);
        return new SchemaHistory(type, versions, others);
    }

    /** The schema of this fingerprint (CRC-64-AVRO of the parsing canonical form), if it is known. */
    public Optional<Schema> writer(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** The versions shipped, oldest first. */
    public List<Schema> versions() {
        return versions;
    }

    /** CRC-64-AVRO of the parsing canonical form: what a single-object encoding carries. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The versions in this build, oldest first; none for a record that was never shipped. */
    static List<Schema> load(RecordType<?> type) {
        List<Schema> versions = new ArrayList<>();
        for (Optional<Schema> next = version(type, 1); next.isPresent(); next = version(type, versions.size() + 1)) {
            versions.add(next.get());
        }
        return versions;
    }

    private static Optional<Schema> version(RecordType<?> type, int number) {
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource(type, number))) {
            return in == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource(type, number) + " of this build", e);
        }
    }

    private static String resource(RecordType<?> type, int number) {
        return type.name() + "/v" + number + ".avsc";
    }
}
