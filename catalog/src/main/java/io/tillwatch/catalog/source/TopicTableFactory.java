package io.tillwatch.catalog.source;

import io.tillwatch.catalog.CatalogSettings;
import io.tillwatch.schemas.table.Table;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** Makes the source of each table. It comes with its catalog and is not found by a name of its own. */
public final class TopicTableFactory implements DynamicTableSourceFactory {

    private final CatalogSettings settings;

    public TopicTableFactory(CatalogSettings settings) {
        this.settings = settings;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        String name = context.getObjectIdentifier().getObjectName();
        Table table = Arrays.stream(Table.values())
                .filter(candidate -> candidate.sqlName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the catalog has no table " + name));
        // A batch ends; what has come by its start is its input.
        boolean batch = context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        return new TopicTable(table, settings, batch || settings.bounded(), context.getPhysicalRowDataType());
    }

    @Override
    public String factoryIdentifier() {
        return "tillwatch";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }
}
