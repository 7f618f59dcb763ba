package io.tillwatch.bench.flink;

import io.tillwatch.bench.contender.Contender.Found;
import io.tillwatch.bench.contender.Results;
import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Finding;
import io.tillwatch.jobs.codec.StreamCodec;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.kafka.JobSettings;
import io.tillwatch.jobs.kafka.KafkaFeeds;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Settlement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The four detections as patterns of Flink CEP. What does not come is a partial match that times out. One pattern over the
 * whole life, authorization, capture, settlement, would have one window for both waits; so it is two.
 */
public final class Cep implements FlinkJobs {

    private static final String FIRST = "first";
    private static final String THEN = "then";
    private static final OutputTag<String> OVERDUE = new OutputTag<>("overdue", Types.STRING);

    @Override
    public List<FlinkJob> inOrder() {
        return List.of(Cep::define);
    }

    @Override
    public Found found(String bootstrapServers) {
        return Results.found(bootstrapServers);
    }

    private static void define(StreamExecutionEnvironment environment, JobSettings settings) throws Exception {
        KafkaFeeds kafka = new KafkaFeeds(environment, settings, KafkaFeeds.Reach.PRESENT_END);
        DataStream<Inbound> feeds =
                kafka.feeds("feeds", EnumSet.of(Feed.AUTHORIZATIONS, Feed.CAPTURES, Feed.SETTLEMENTS));
        DataStream<PaymentEvent> events =
                feeds.flatMap(Floor::event, StreamCodec.EVENT_TYPE).setParallelism(feeds.getParallelism());
        KeyedStream<PaymentEvent, String> payments = events.keyBy(PaymentEvent::paymentId, Types.STRING);
        SingleOutputStreamOperator<String> captured = CEP.pattern(
                        payments, then(Cep::approved, Cep::captured, Duration.ofHours(24)))
                .process(new Awaited(Detection.CAPTURE_OVERDUE), Types.STRING);
        SingleOutputStreamOperator<String> settled = CEP.pattern(
                        payments, then(Cep::captured, Cep::settled, Duration.ofHours(96)))
                .process(new Awaited(Detection.SETTLEMENT_OVERDUE), Types.STRING);
        SingleOutputStreamOperator<String> repeated = CEP.pattern(
                        events.filter(Cep::approved).keyBy(Cep::purchase, Types.STRING),
                        then(Cep::approved, Cep::approved, Duration.ofMinutes(5)))
                .process(new Repeated(), Types.STRING);
        captured.union(settled, repeated, captured.getSideOutput(OVERDUE), settled.getSideOutput(OVERDUE))
                .sinkTo(FoundSink.of(settings.kafka()));
    }

    private static Pattern<PaymentEvent, ?> then(
            FilterFunction<PaymentEvent> first, FilterFunction<PaymentEvent> then, Duration within) {
        return Pattern.<PaymentEvent>begin(FIRST, AfterMatchSkipStrategy.noSkip())
                .where(SimpleCondition.of(first))
                .followedBy(THEN)
                .where(SimpleCondition.of(then))
                .within(within);
    }

    private static boolean approved(PaymentEvent event) {
        return event instanceof Authorization authorization && authorization.approvedBase();
    }

    private static boolean captured(PaymentEvent event) {
        return event instanceof Capture capture && capture.accepted();
    }

    private static boolean settled(PaymentEvent event) {
        return event instanceof Settlement settlement && settlement.settled();
    }

    private static String purchase(PaymentEvent event) {
        Authorization a = (Authorization) event;
        return a.cardToken() + '|' + a.merchantId() + '|' + a.amount() + '|' + a.currency();
    }

    /** The second came, perhaps with another amount; or did not. */
    private static final class Awaited extends PatternProcessFunction<PaymentEvent, String>
            implements TimedOutPartialMatchHandler<PaymentEvent> {

        private final Detection overdue;

        Awaited(Detection overdue) {
            this.overdue = overdue;
        }

        @Override
        public void processMatch(Map<String, List<PaymentEvent>> match, Context context, Collector<String> out) {
            if (match.get(FIRST).get(0) instanceof Capture capture
                    && match.get(THEN).get(0) instanceof Settlement settlement
                    && capture.captureId().equals(settlement.captureId())
                    && capture.amount() != settlement.amount()) {
                out.collect(new Finding(Detection.SETTLEMENT_AMOUNT_MISMATCH, capture.paymentId()).toString());
            }
        }

        @Override
        public void processTimedOutMatch(Map<String, List<PaymentEvent>> match, Context context) {
            String paymentId = match.get(FIRST).get(0).paymentId();
            context.output(OVERDUE, new Finding(overdue, paymentId).toString());
        }
    }

    private static final class Repeated extends PatternProcessFunction<PaymentEvent, String> {
        @Override
        public void processMatch(Map<String, List<PaymentEvent>> match, Context context, Collector<String> out) {
            String paymentId = match.get(THEN).get(0).paymentId();
            out.collect(new Finding(Detection.DUPLICATE_AUTHORIZATION, paymentId).toString());
        }
    }
}
