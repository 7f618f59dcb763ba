package io.tillwatch.catalog;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;

/**
 * Makes the catalog: {@code CREATE CATALOG tillwatch WITH ('type' = 'tillwatch', 'bootstrap.servers' = 'kafka:9092')}. Further
 * options are {@code topic-prefix}, {@code from} (earliest, latest, or milliseconds since the epoch), {@code bounded},
 * {@code kafka-settings} (a file) and {@code properties.NAME}.
 */
public final class TillwatchCatalogFactory implements CatalogFactory {

    public static final String IDENTIFIER = "tillwatch";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Catalog createCatalog(Context context) {
        return new TillwatchCatalog(context.getName(), CatalogSettings.of(context.getOptions()));
    }

    /** It may stand in the file of settings instead, so it is looked for with all else that may be wrong. */
    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                text(CatalogSettings.BOOTSTRAP),
                text(CatalogSettings.PREFIX),
                text(CatalogSettings.FROM),
                text(CatalogSettings.BOUNDED),
                text(CatalogSettings.KAFKA_SETTINGS));
    }

    private static ConfigOption<String> text(String name) {
        return ConfigOptions.key(name).stringType().noDefaultValue();
    }
}
