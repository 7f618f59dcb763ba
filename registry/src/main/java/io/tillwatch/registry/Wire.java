package io.tillwatch.registry;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.wire.RecordReader;
import io.tillwatch.schemas.wire.RecordWriter;
import io.tillwatch.schemas.wire.RegistryFormat;
import io.tillwatch.schemas.wire.SchemaIds;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import io.tillwatch.schemas.wire.SingleObject;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How records are read from topics and written to them: both wire formats are read; the registry's is written where a
 * registry is configured, and single-object encoding elsewhere. For any number of threads; its readers and writers are for
 * one each.
 */
public final class Wire {

    /** Whoever reads in rounds keeps its place, reports, and reads again: it need not wait long in one record. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);

    /** So long a program that starts waits for a registry that starts beside it. */
    private static final Duration START_WITHIN = Duration.ofSeconds(30);

    private final RegistrySettings settings;
    private final RegistryClient clientOrNull;
    private final SchemaIds ids;

    private Wire(RegistrySettings settings, Duration readWithinOrNull) {
        this.settings = settings;
        this.clientOrNull = settings.isGiven() ? new RegistryClient(settings, readWithinOrNull, START_WITHIN) : null;
        this.ids = clientOrNull == null ? new NoRegistry() : clientOrNull;
    }

    /**
     * As the settings of the Kafka clients say. Its readers throw {@link SchemasUnavailableException} when the registry has
     * been down for some seconds.
     *
     * @throws IllegalArgumentException if what they say of a registry is wrong; says all that is
     */
    public static Wire of(Map<?, ?> kafka) {
        List<String> problems = new ArrayList<>();
        RegistrySettings settings = RegistrySettings.of(kafka, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return of(settings);
    }

    /** The same, of settings that were read before. */
    public static Wire of(RegistrySettings settings) {
        return new Wire(settings, READ_WITHIN);
    }

    /** No registry is asked. */
    public static Wire withoutRegistry() {
        return of(Map.of());
    }

    /**
     * For whoever must not go on without a record, and has nobody to hand it back to: its readers wait for the registry
     * until their thread is interrupted.
     */
    public static Wire patient(RegistrySettings settings) {
        return new Wire(settings, null);
    }

    /** A reader of both formats. */
    public <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type) {
        return reader(type, List.of());
    }

    /**
     * A reader of both formats.
     *
     * @param newerWriters schemas newer than this build, for records that name them by fingerprint
     */
    public <T extends SpecificRecordBase> RecordReader<T> reader(RecordType<T> type, Collection<Schema> newerWriters) {
        return RecordReader.ofAny(List.of(new SingleObject(newerWriters), new RegistryFormat(ids)), type);
    }

    /**
     * A writer of the format that is configured.
     *
     * @param topic the name in the cluster
     * @throws SchemasUnavailableException if the registry gives no id for it within half a minute
     */
    public <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type, String topic) {
        return writing(type, topic).writer(type);
    }

    /**
     * What a writer needs to know, to be made elsewhere: who has it need not ask the registry any more.
     *
     * @throws SchemasUnavailableException as {@link #writer}
     */
    public Writing writing(RecordType<?> type, String topic) {
        return settings.isGiven() && settings.write()
                ? new Writing(RegistryFormat.id(ids, type, topic))
                : new Writing(null);
    }

    /** How a topic is written. */
    public static final class Writing implements Serializable {

        private static final long serialVersionUID = 1;

        private final Integer idOrNull;

        private Writing(Integer idOrNull) {
            this.idOrNull = idOrNull;
        }

        /** Without a registry. */
        public static Writing singleObject() {
            return new Writing(null);
        }

        /** A writer for one thread, of the record that it was made for. */
        public <T extends SpecificRecordBase> RecordWriter<T> writer(RecordType<T> type) {
            return idOrNull == null ? new SingleObject().writer(type) : RegistryFormat.writer(type, idOrNull);
        }
    }

    /** How often a registry could not be asked; to be watched. */
    public long failures() {
        return clientOrNull == null ? 0 : clientOrNull.failures();
    }

    /** How long somebody has been waiting for the registry, in milliseconds; 0 if nobody is. */
    public long waitingMillis() {
        return clientOrNull == null ? 0 : clientOrNull.waitingMillis();
    }

    /** An id stands for nothing where no registry is configured: it would be a matter of luck which one was meant. */
    private static final class NoRegistry implements SchemaIds {

        @Override
        public Answer schema(int id) {
            return new Answer.Unknown(
                    "that a registry knows, and no registry is configured: set " + RegistrySettings.URL);
        }

        @Override
        public int id(String topic, Schema schema) {
            throw new SchemasUnavailableException("no registry is configured: set " + RegistrySettings.URL);
        }
    }
}
