package io.tillwatch.catalog.follow;

import io.tillwatch.catalog.TillwatchCatalog;
import io.tillwatch.catalog.TillwatchCatalogFactory;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Asks a Flink within this process. */
final class Follower {

    private static final String CATALOG = "tillwatch";
    private static final long PATIENCE_SECONDS = 20;

    private final StreamTableEnvironment tables;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param flink what runs the questions' jobs
     * @param catalogOptions those of {@code CREATE CATALOG} but the type
     */
    Follower(EmbeddedFlink flink, Map<String, String> catalogOptions, ZoneId zone) {
        Configuration configuration = new Configuration();
        // Whoever asks sees that it broke, rather than rows of a second run.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // Hints could point a table at something else.
        configuration.set(TableConfigOptions.TABLE_DYNAMIC_TABLE_OPTIONS_ENABLED, false);
        configuration.set(TableConfigOptions.LOCAL_TIME_ZONE, zone.getId());
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        tables = StreamTableEnvironment.create(flink.environment(configuration));
        Configuration catalog = Configuration.fromMap(catalogOptions);
        catalog.setString("type", TillwatchCatalogFactory.IDENTIFIER);
        tables.createCatalog(CATALOG, CatalogDescriptor.of(CATALOG, catalog));
        tables.useCatalog(CATALOG);
        tables.useDatabase(TillwatchCatalog.DATABASE);
    }

    /** Is told the names of the columns once and then each row. */
    interface Reader {
        RowWriter begin(List<String> names);
    }

    /**
     * Returns when the question has no more answers, or is ended; on Ctrl-C too, for which the JVM waits.
     *
     * @param wanted whether anybody still reads
     * @throws QuestionRefusedException if it cannot be answered
     */
    void follow(String sql, Reader reader, BooleanSupplier wanted) {
        TableResult result = ask(sql);
        Thread hook = new Thread(() -> endAndWait(result), "end-of-question");
        Runtime.getRuntime().addShutdownHook(hook);
        CloseableIterator<Row> rows = result.collect();
        try {
            RowWriter writer = reader.begin(result.getResolvedSchema().getColumnNames());
            while (!ending.get() && wanted.getAsBoolean() && rows.hasNext()) {
                writer.write(rows.next());
            }
        } catch (RuntimeException e) {
            // What is cancelled breaks off, and that is all right.
            if (!ending.get()) {
                throw Refusals.of(e);
            }
        } finally {
            close(rows);
            ended.countDown();
            withdraw(hook);
        }
    }

    /** Ends the job, too, if it goes on. */
    private void close(CloseableIterator<Row> rows) {
        try {
            rows.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!ending.get()) {
                throw new IllegalStateException("the question's job cannot be ended", e);
            }
        }
    }

    private TableResult ask(String sql) {
        try {
            return tables.sqlQuery(sql).execute();
        } catch (ValidationException | TableException | SqlParserException e) {
            throw Refusals.of(e);
        }
    }

    private void endAndWait(TableResult result) {
        ending.set(true);
        var unused = result.getJobClient().map(JobClient::cancel);
        try {
            boolean unusedInTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook has run.
        }
    }
}
