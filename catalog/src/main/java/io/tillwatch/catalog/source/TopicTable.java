package io.tillwatch.catalog.source;

import io.tillwatch.catalog.CatalogSettings;
import io.tillwatch.catalog.CatalogSettings.Start;
import io.tillwatch.schemas.table.Table;
import io.tillwatch.schemas.topic.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

/**
 * A table that topics are read into. Only the columns that are asked for are made: evidence is large. The clock of feeds is
 * the detector's own, moved by pulses; that of results, which have none, does not wait for partitions that say nothing.
 */
final class TopicTable implements ScanTableSource, SupportsProjectionPushDown, SupportsSourceWatermark {

    /** Results come from several tasks, each in its own time. */
    private static final Duration RESULTS_OUT_OF_ORDER = Duration.ofSeconds(5);

    private static final Duration RESULTS_IDLE_AFTER = Duration.ofSeconds(10);

    private final Table table;
    private final CatalogSettings settings;
    private final boolean bounded;
    private int[] columns;
    private DataType produced;

    TopicTable(Table table, CatalogSettings settings, boolean bounded, DataType produced) {
        this(
                table,
                settings,
                bounded,
                IntStream.range(0, table.columns().size()).toArray(),
                produced);
    }

    private TopicTable(Table table, CatalogSettings settings, boolean bounded, int[] columns, DataType produced) {
        this.table = table;
        this.settings = settings;
        this.bounded = bounded;
        this.columns = columns;
        this.produced = produced;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        columns = Arrays.stream(projectedFields).mapToInt(path -> path[0]).toArray();
        produced = producedDataType;
    }

    @Override
    public void applySourceWatermark() {
        // It always tells the time.
    }

    @Override
    public DynamicTableSource copy() {
        return new TopicTable(table, settings, bounded, columns.clone(), produced);
    }

    @Override
    public String asSummaryString() {
        return "Tillwatch's table " + table.sqlName();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return new Provider(context.createTypeInformation(produced));
    }

    private final class Provider implements DataStreamScanProvider {

        private final TypeInformation<RowData> type;

        Provider(TypeInformation<RowData> type) {
            this.type = type;
        }

        @Override
        public boolean isBounded() {
            return bounded;
        }

        @Override
        public DataStream<RowData> produceDataStream(ProviderContext context, StreamExecutionEnvironment environment) {
            List<String> names = table.topics().stream()
                    .map(topic -> topic.name(settings.prefix()))
                    .toList();
            // A task without a partition would never say how far it has read.
            int parallelism =
                    Math.min(environment.getParallelism(), TopicPresence.partitionsMax(settings.kafka(), names));
            DataStreamSource<RowData> rows =
                    environment.fromSource(source(names), clock(), "tillwatch-" + table.sqlName(), type);
            rows.setParallelism(parallelism);
            context.generateUid(table.sqlName()).ifPresent(rows::uid);
            return rows.filter(row -> row.getRowKind() == RowKind.INSERT)
                    .name("no-pulses")
                    .setParallelism(parallelism);
        }

        private KafkaSource<RowData> source(List<String> names) {
            Properties kafka = new Properties();
            kafka.putAll(settings.kafka());
            KafkaSourceBuilder<RowData> builder = KafkaSource.<RowData>builder()
                    .setProperties(kafka)
                    .setProperty("isolation.level", "read_committed")
                    .setClientIdPrefix("tillwatch-catalog-" + table.sqlName())
                    .setTopics(names)
                    .setStartingOffsets(startingOffsets())
                    .setDeserializer(new RowDeserializer(table, settings.prefix(), settings.registry(), columns, type));
            return (bounded ? builder.setBounded(OffsetsInitializer.latest()) : builder).build();
        }
    }

    private OffsetsInitializer startingOffsets() {
        Start start = settings.start();
        if (start instanceof Start.At at) {
            return OffsetsInitializer.timestamp(at.epochMillis());
        }
        return start instanceof Start.Latest ? OffsetsInitializer.latest() : OffsetsInitializer.earliest();
    }

    private WatermarkStrategy<RowData> clock() {
        return table.topics().stream().allMatch(Topic::pulsed)
                ? WatermarkStrategy.forMonotonousTimestamps()
                : WatermarkStrategy.<RowData>forBoundedOutOfOrderness(RESULTS_OUT_OF_ORDER)
                        .withIdleness(RESULTS_IDLE_AFTER);
    }
}
