package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender.Found;
import io.tillwatch.bench.contender.Results;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Settlement;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.Collector;

/**
 * The four detections as Flink SQL. Its tables are fed with rows in SQL's own form, by the same sources and decoding as the
 * other contenders, only with the columns that are asked for.
 */
public final class Sql implements FlinkJobs {

    private static final LogicalType TEXT = new VarCharType(VarCharType.MAX_LENGTH);
    private static final LogicalType NUMBER = new BigIntType();

    /** An interval join with nothing on the other side: told when the clock has passed the interval. */
    private static final String CAPTURE_OVERDUE = """
            SELECT 'CAPTURE_OVERDUE ' || a.paymentId AS finding
            FROM authorizations a
            LEFT JOIN captures c
              ON c.paymentId = a.paymentId
             AND c.arrived BETWEEN a.arrived AND a.arrived + INTERVAL '24' HOUR
            WHERE c.paymentId IS NULL
            """;

    private static final String SETTLEMENTS = """
            SELECT CASE WHEN s.captureId IS NULL THEN 'SETTLEMENT_OVERDUE ' ELSE 'SETTLEMENT_AMOUNT_MISMATCH ' END
                   || c.paymentId AS finding
            FROM captures c
            LEFT JOIN settlements s
              ON s.captureId = c.captureId
             AND s.arrived BETWEEN c.arrived AND c.arrived + INTERVAL '96' HOUR
            WHERE s.captureId IS NULL OR s.amount <> c.amount
            """;

    private static final String DUPLICATES = """
            SELECT 'DUPLICATE_AUTHORIZATION ' || paymentId AS finding
            FROM (
              SELECT paymentId,
                     COUNT(*) OVER (
                       PARTITION BY cardToken, merchantId, amount, currency
                       ORDER BY arrived
                       RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW) AS alike
              FROM authorizations)
            WHERE alike > 1
            """;

    @Override
    public List<FlinkJob> inOrder() {
        return List.of(Sql::define);
    }

    @Override
    public Found found(String bootstrapServers) {
        return Results.found(bootstrapServers);
    }

    private static void define(StreamExecutionEnvironment environment, JobSettings settings) throws Exception {
        KafkaFeeds kafka = new KafkaFeeds(environment, settings, KafkaFeeds.Reach.PRESENT_END);
        DataStream<Inbound> feeds =
                kafka.feeds("feeds", EnumSet.of(Feed.AUTHORIZATIONS, Feed.CAPTURES, Feed.SETTLEMENTS));
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        table(
                tables,
                "authorizations",
                feeds,
                Sql::authorization,
                new String[] {"paymentId", "cardToken", "merchantId", "amount", "currency"},
                TEXT,
                TEXT,
                TEXT,
                NUMBER,
                TEXT);
        table(
                tables,
                "captures",
                feeds,
                Sql::capture,
                new String[] {"paymentId", "captureId", "amount"},
                TEXT,
                TEXT,
                NUMBER);
        table(tables, "settlements", feeds, Sql::settlement, new String[] {"captureId", "amount"}, TEXT, NUMBER);
        Table findings = tables.sqlQuery(String.join(" UNION ALL ", List.of(CAPTURE_OVERDUE, SETTLEMENTS, DUPLICATES)));
        tables.toDataStream(findings)
                .map(row -> row.<String>getFieldAs(0), Types.STRING)
                .sinkTo(FoundSink.of(settings.kafka()));
    }

    private static void table(
            StreamTableEnvironment tables,
            String name,
            DataStream<Inbound> feeds,
            FlatMapFunction<Inbound, RowData> rows,
            String[] columns,
            LogicalType... types) {
        DataStream<RowData> stream =
                feeds.flatMap(rows, InternalTypeInfo.ofFields(types, columns)).setParallelism(feeds.getParallelism());
        Schema schema = Schema.newBuilder()
                .columnByMetadata("arrived", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                .watermark("arrived", "SOURCE_WATERMARK()")
                .build();
        tables.createTemporaryView(name, stream, schema);
    }

    private static void authorization(Inbound inbound, Collector<RowData> out) {
        if (inbound.event() instanceof Authorization a && a.approvedBase()) {
            out.collect(GenericRowData.of(
                    text(a.paymentId()), text(a.cardToken()), text(a.merchantId()), a.amount(), text(a.currency())));
        }
    }

    private static void capture(Inbound inbound, Collector<RowData> out) {
        if (inbound.event() instanceof Capture c && c.accepted()) {
            out.collect(GenericRowData.of(text(c.paymentId()), text(c.captureId()), c.amount()));
        }
    }

    private static void settlement(Inbound inbound, Collector<RowData> out) {
        if (inbound.event() instanceof Settlement s && s.settled()) {
            out.collect(GenericRowData.of(text(s.captureId()), s.amount()));
        }
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }
}
