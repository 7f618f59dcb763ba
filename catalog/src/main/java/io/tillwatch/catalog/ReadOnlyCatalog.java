package io.tillwatch.catalog;

import java.util.List;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;

/** A catalog that refuses every change, has no partitions and knows no statistics. */
abstract class ReadOnlyCatalog extends AbstractCatalog {

    ReadOnlyCatalog(String name, String defaultDatabase) {
        super(name, defaultDatabase);
    }

    @Override
    public final void open() {
        // Nothing is held open: Kafka is asked by the sources.
    }

    @Override
    public final void close() {
        // Nothing is held open.
    }

    @Override
    public final boolean databaseExists(String name) {
        return listDatabases().contains(name);
    }

    @Override
    public final List<CatalogPartitionSpec> listPartitions(ObjectPath path) throws TableNotPartitionedException {
        throw new TableNotPartitionedException(getName(), path);
    }

    @Override
    public final List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec spec)
            throws TableNotPartitionedException {
        throw new TableNotPartitionedException(getName(), path);
    }

    @Override
    public final List<CatalogPartitionSpec> listPartitionsByFilter(ObjectPath path, List<Expression> filters)
            throws TableNotPartitionedException {
        throw new TableNotPartitionedException(getName(), path);
    }

    @Override
    public final CatalogPartition getPartition(ObjectPath path, CatalogPartitionSpec spec)
            throws PartitionNotExistException {
        throw new PartitionNotExistException(getName(), path, spec);
    }

    @Override
    public final boolean partitionExists(ObjectPath path, CatalogPartitionSpec spec) {
        return false;
    }

    @Override
    public final CatalogTableStatistics getTableStatistics(ObjectPath path) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public final CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    @Override
    public final CatalogTableStatistics getPartitionStatistics(ObjectPath path, CatalogPartitionSpec spec) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public final CatalogColumnStatistics getPartitionColumnStatistics(ObjectPath path, CatalogPartitionSpec spec) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    @Override
    public final void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists) {
        throw readOnly();
    }

    @Override
    public final void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade) {
        throw readOnly();
    }

    @Override
    public final void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void dropTable(ObjectPath path, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists) {
        throw readOnly();
    }

    @Override
    public final void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void createPartition(
            ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfExists) {
        throw readOnly();
    }

    @Override
    public final void dropPartition(ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void alterPartition(
            ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists) {
        throw readOnly();
    }

    @Override
    public final void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void dropFunction(ObjectPath path, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void alterTableStatistics(
            ObjectPath path, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void alterTableColumnStatistics(
            ObjectPath path, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void alterPartitionStatistics(
            ObjectPath path, CatalogPartitionSpec spec, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    @Override
    public final void alterPartitionColumnStatistics(
            ObjectPath path, CatalogPartitionSpec spec, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
        throw readOnly();
    }

    private CatalogException readOnly() {
        return new CatalogException("catalog " + getName()
                + " shows what the topics hold and cannot be changed: make tables, views and functions in another catalog,"
                + " or temporary ones");
    }
}
