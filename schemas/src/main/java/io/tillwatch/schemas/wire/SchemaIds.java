package io.tillwatch.schemas.wire;

import org.apache.avro.Schema;

/** What a registry's ids stand for. For any number of threads. */
public interface SchemaIds {

    /** What is known of an id. */
    sealed interface Answer {

        /**
         * It names this schema.
         *
         * @param schema the same object for the same id, each time
         */
        record Known(Schema schema) implements Answer {}

        /**
         * It names nothing that a record can be read with, and asking again at once would not help.
         *
         * @param reason completes "was written with a schema …"
         */
        record Unknown(String reason) implements Answer {}
    }

    /**
     * The schema of an id.
     *
     * @throws SchemasUnavailableException if nobody can say now: the record is as good as it was, and is to be read again
     */
    Answer schema(int id);

    /**
     * The id under which records of a topic are written with a schema.
     *
     * @param topic the name in the cluster
     * @throws SchemasUnavailableException if there is none, or nobody can say now
     */
    int id(String topic, Schema schema);
}
