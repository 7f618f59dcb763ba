package io.tillwatch.schemas;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Records of any type with values by chance, as their schema allows. */
public final class Records {

    private static final String[] TEXTS = {
        "", "p-1", "tok_7", "东方红", "\u0001\"\\\n\t", "é", "\ud83d\ude00", "m".repeat(128)
    };

    private static final Instant[] TIMES = {
        Instant.EPOCH,
        Instant.ofEpochMilli(-1),
        Instant.ofEpochMilli(1_790_002_680_025L),
        Instant.ofEpochMilli(Long.MIN_VALUE),
        Instant.ofEpochMilli(Long.MAX_VALUE)
    };

    private static final long[] NUMBERS = {0, 1, -1, 12_500, 1_000_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE};

    private final Random random;

    public Records(long seed) {
        this.random = new Random(seed);
    }

    /** A seed that differs from run to run unless the property tillwatch.seed sets it; printed, to do it again. */
    public static long seed(String what) {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println(what + ": seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        return seed;
    }

    public <T extends SpecificRecordBase> T withAllOptionalFields(RecordType<T> type) {
        return record(type, optional -> true);
    }

    public <T extends SpecificRecordBase> T withNoOptionalField(RecordType<T> type) {
        return record(type, optional -> false);
    }

    public <T extends SpecificRecordBase> T withSomeOptionalFields(RecordType<T> type) {
        return record(type, optional -> random.nextBoolean());
    }

    private <T extends SpecificRecordBase> T record(RecordType<T> type, Predicate<Schema.Field> given) {
        return type.javaType().cast(value(type.schema(), type.model(), given));
    }

    private Object value(Schema schema, SpecificData model, Predicate<Schema.Field> given) {
        return switch (schema.getType()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? TIMES[random.nextInt(TIMES.length)]
                        : (Object) NUMBERS[random.nextInt(NUMBERS.length)];
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> {
                Object[] constants = model.getClass(schema).getEnumConstants();
                yield constants[random.nextInt(constants.length)];
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(schema.getElementType(), model, given));
                }
                yield list;
            }
            case RECORD -> {
                SpecificRecordBase record =
                        (SpecificRecordBase) SpecificData.newInstance(model.getClass(schema), schema);
                for (Schema.Field field : schema.getFields()) {
                    if (!field.schema().isNullable()) {
                        record.put(field.pos(), value(field.schema(), model, given));
                    } else if (given.test(field)) {
                        record.put(field.pos(), value(field.schema().getTypes().get(1), model, given));
                    }
                }
                yield record;
            }
            case UNION, MAP, FIXED, BYTES, FLOAT, DOUBLE, NULL ->
                throw new IllegalArgumentException("not yet: " + schema);
        };
    }
}
