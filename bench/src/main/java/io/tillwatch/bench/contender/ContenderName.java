package io.tillwatch.bench.contender;

import io.tillwatch.bench.flink.Cep;
import io.tillwatch.bench.flink.FlinkContender;
import io.tillwatch.bench.flink.Floor;
import io.tillwatch.bench.flink.Sql;
import io.tillwatch.bench.flink.Tillwatch;
import io.tillwatch.bench.streams.StreamsContender;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every contender, in the order in which they are measured. */
public enum ContenderName {
    /** Reads, decodes, sends each record to the task of its payment, and does nothing. */
    FLOOR("floor", Keeps.HEAP, Finds.NOTHING),
    /** And reads and writes one number of state. */
    FLOOR_STATE("floor-state", Keeps.HEAP, Finds.NOTHING),
    FLOOR_STATE_ROCKSDB("floor-state-rocksdb", Keeps.ROCKSDB, Finds.NOTHING),
    /** Both jobs as they are, with the whole catalogue. */
    TILLWATCH("tillwatch", Keeps.HEAP, Finds.THE_FOUR),
    TILLWATCH_ROCKSDB("tillwatch-rocksdb", Keeps.ROCKSDB, Finds.THE_FOUR),
    SQL("flink-sql", Keeps.HEAP, Finds.THE_FOUR),
    SQL_ROCKSDB("flink-sql-rocksdb", Keeps.ROCKSDB, Finds.THE_FOUR),
    /** Only on the heap: on RocksDB it asks for each key whether maps are empty, and seeks through all that was deleted. */
    CEP("flink-cep", Keeps.HEAP, Finds.THE_FOUR),
    STREAMS("kafka-streams", Keeps.HEAP, Finds.THE_FOUR),
    STREAMS_ROCKSDB("kafka-streams-rocksdb", Keeps.ROCKSDB, Finds.THE_FOUR);

    /** Where state is kept. */
    public enum Keeps {
        HEAP,
        ROCKSDB
    }

    /** What it looks for. */
    public enum Finds {
        NOTHING,
        THE_FOUR
    }

    private final String text;
    private final Keeps keeps;
    private final Finds finds;

    ContenderName(String text, Keeps keeps, Finds finds) {
        this.text = text;
        this.keeps = keeps;
        this.finds = finds;
    }

    /** The contender of this name, as it is given on the command line. */
    public static Optional<ContenderName> named(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text.equals(text.toLowerCase(Locale.ROOT)))
                .findAny();
    }

    public Keeps keeps() {
        return keeps;
    }

    public Finds finds() {
        return finds;
    }

    /** Whether it runs in Flink. */
    public boolean inFlink() {
        return switch (this) {
            case FLOOR, FLOOR_STATE, FLOOR_STATE_ROCKSDB -> true;
            case TILLWATCH, TILLWATCH_ROCKSDB -> true;
            case SQL, SQL_ROCKSDB, CEP -> true;
            case STREAMS, STREAMS_ROCKSDB -> false;
        };
    }

    /** Makes it ready, with nothing read yet. */
    public Contender start(Setting setting) throws Exception {
        return switch (this) {
            case FLOOR -> FlinkContender.start(setting, keeps, new Floor(false));
            case FLOOR_STATE, FLOOR_STATE_ROCKSDB -> FlinkContender.start(setting, keeps, new Floor(true));
            case TILLWATCH, TILLWATCH_ROCKSDB -> FlinkContender.start(setting, keeps, new Tillwatch());
            case SQL, SQL_ROCKSDB -> FlinkContender.start(setting, keeps, new Sql());
            case CEP -> FlinkContender.start(setting, keeps, new Cep());
            case STREAMS, STREAMS_ROCKSDB -> new StreamsContender(setting, keeps);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
