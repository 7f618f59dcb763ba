package io.tillwatch.schemas;

import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Redriven;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.Suspicion;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A kind of record that stands in a topic or on a JSON line by itself.
 *
 * @param <T> the generated type
 */
public final class RecordType<T extends SpecificRecordBase> {

    public static final RecordType<Authorization> AUTHORIZATION =
            new RecordType<>(Authorization.class, Authorization.getClassSchema(), "paymentId");
    public static final RecordType<Capture> CAPTURE =
            new RecordType<>(Capture.class, Capture.getClassSchema(), "paymentId");
    public static final RecordType<Settlement> SETTLEMENT =
            new RecordType<>(Settlement.class, Settlement.getClassSchema(), "paymentId");
    public static final RecordType<Reversal> REVERSAL =
            new RecordType<>(Reversal.class, Reversal.getClassSchema(), "paymentId");
    public static final RecordType<Outcome> OUTCOME =
            new RecordType<>(Outcome.class, Outcome.getClassSchema(), "paymentId");
    public static final RecordType<Suspicion> SUSPICION =
            new RecordType<>(Suspicion.class, Suspicion.getClassSchema(), "paymentId");
    public static final RecordType<Policy> POLICY = new RecordType<>(Policy.class, Policy.getClassSchema(), "scope");
    public static final RecordType<Alert> ALERT = new RecordType<>(Alert.class, Alert.getClassSchema(), "alertId");
    public static final RecordType<Command> COMMAND =
            new RecordType<>(Command.class, Command.getClassSchema(), "paymentId");
    public static final RecordType<Redriven> REDRIVEN =
            new RecordType<>(Redriven.class, Redriven.getClassSchema(), "letterId");

    private static final List<RecordType<?>> ALL =
            List.of(AUTHORIZATION, CAPTURE, SETTLEMENT, REVERSAL, OUTCOME, SUSPICION, POLICY, ALERT, COMMAND, REDRIVEN);

    private final Class<T> javaType;
    private final Schema schema;
    private final String keyField;
    private final SpecificData model;

    private RecordType(Class<T> javaType, Schema schema, String keyField) {
        this.javaType = javaType;
        this.schema = schema;
        this.keyField = keyField;
        this.model = new SpecificData(javaType.getClassLoader());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    /** Every kind of record, each once. */
    public static List<RecordType<?>> all() {
        return ALL;
    }

    /** The record's name in its schema, without the namespace. */
    public String name() {
        return schema.getName();
    }

    public Class<T> javaType() {
        return javaType;
    }

    /** The schema of this build, which is also the one that is written. */
    public Schema schema() {
        return schema;
    }

    /** The field whose value is the record's key in its topic. */
    public String keyField() {
        return keyField;
    }

    /**
     * How Avro values become Java values: classes of the loader that holds the generated types (under Flink not
     * always Avro's own), times as {@link java.time.Instant}. For any number of threads; to be left as it is.
     */
    public SpecificData model() {
        return model;
    }

    @Override
    public String toString() {
        return name();
    }
}
