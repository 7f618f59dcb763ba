package io.tillwatch.catalog;

import io.tillwatch.catalog.function.Digits;
import io.tillwatch.catalog.function.Major;
import io.tillwatch.catalog.function.Money;
import io.tillwatch.catalog.source.TopicTableFactory;
import io.tillwatch.schemas.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.Factory;

/**
 * One database, {@value #DATABASE}, with a table for each kind of record as written and views of the present state. Nothing in
 * it can be changed. What it was created with is in no table's options, for these are shown to whoever asks.
 */
public final class TillwatchCatalog extends ReadOnlyCatalog {

    /** The only database. */
    public static final String DATABASE = "main";

    private static final Map<String, Class<?>> FUNCTIONS =
            Map.of("money", Money.class, "major", Major.class, "digits", Digits.class);

    private final CatalogSettings settings;
    private final Map<String, Views.View> views;

    TillwatchCatalog(String name, CatalogSettings settings) {
        super(name, DATABASE);
        this.settings = settings;
        this.views = Views.in(name, DATABASE);
    }

    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new TopicTableFactory(settings));
    }

    @Override
    public List<String> listDatabases() {
        return List.of(DATABASE);
    }

    @Override
    public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
        require(database);
        return new CatalogDatabaseImpl(Map.of(), "Tillwatch's topics as tables");
    }

    /** Tables and views. */
    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        require(database);
        List<String> names = new ArrayList<>(views.keySet());
        Arrays.stream(Table.values()).map(Table::sqlName).forEach(names::add);
        return names;
    }

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        require(database);
        return List.copyOf(views.keySet());
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (path.getDatabaseName().equals(DATABASE)) {
            Views.View view = views.get(path.getObjectName());
            if (view != null) {
                return CatalogView.of(
                        ColumnTypes.ofView(view.columns()), view.comment(), view.query(), view.query(), Map.of());
            }
            for (Table table : Table.values()) {
                if (table.sqlName().equals(path.getObjectName())) {
                    return CatalogTable.newBuilder()
                            .schema(ColumnTypes.ofTable(table.columns()))
                            .comment("Each record as it was written")
                            .build();
                }
            }
        }
        throw new TableNotExistException(getName(), path);
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return path.getDatabaseName().equals(DATABASE)
                && (views.containsKey(path.getObjectName())
                        || Arrays.stream(Table.values())
                                .anyMatch(table -> table.sqlName().equals(path.getObjectName())));
    }

    @Override
    public List<String> listFunctions(String database) throws DatabaseNotExistException {
        require(database);
        return FUNCTIONS.keySet().stream().sorted().toList();
    }

    @Override
    public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
        if (!functionExists(path)) {
            throw new FunctionNotExistException(getName(), path);
        }
        return new CatalogFunctionImpl(FUNCTIONS.get(functionName(path)).getName(), FunctionLanguage.JAVA);
    }

    @Override
    public boolean functionExists(ObjectPath path) {
        return path.getDatabaseName().equals(DATABASE) && FUNCTIONS.containsKey(functionName(path));
    }

    private static String functionName(ObjectPath path) {
        return path.getObjectName().toLowerCase(Locale.ROOT);
    }

    private void require(String database) throws DatabaseNotExistException {
        if (!database.equals(DATABASE)) {
            throw new DatabaseNotExistException(getName(), database);
        }
    }
}
