package io.tillwatch.responder;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.registry.Wire;
import io.tillwatch.responder.api.ApiServer;
import io.tillwatch.responder.api.ApiSettings;
import io.tillwatch.responder.api.DatabaseCheck;
import io.tillwatch.responder.api.KafkaCheck;
import io.tillwatch.responder.api.Services;
import io.tillwatch.responder.journal.Approvals;
import io.tillwatch.responder.kafka.KafkaSettings;
import io.tillwatch.responder.people.AlertReader;
import io.tillwatch.responder.people.AlertViews;
import io.tillwatch.responder.people.AuditTrail;
import io.tillwatch.responder.people.Budgets;
import io.tillwatch.responder.people.Cases;
import io.tillwatch.responder.people.Commands;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.JournalMetrics;
import io.tillwatch.responder.people.PeopleSettings;
import io.tillwatch.responder.people.Switches;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people need of a responder: the API, and the alerts as they stand. It reaches the commands through the journal alone.
 * Several instances may have one each. Cases open and close by themselves in every instance, with or without one.
 */
public final class PeopleSide implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleSide.class);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final AlertReader alerts;
    private final Admin admin;
    private final ApiServer server;

    /** Nothing runs yet. The responder is the caller's to close, after this. */
    public PeopleSide(
            Responder responder,
            KafkaSettings kafka,
            ApiSettings api,
            PeopleSettings people,
            PrometheusMeterRegistry registry) {
        Jdbi jdbi = responder.database().jdbi();
        AlertViews views = new AlertViews(jdbi);
        Commands commands = new Commands(jdbi, responder.journal()::approvalsNeeded);
        Decisions decisions =
                new Decisions(jdbi, new Approvals(responder.journal()), responder.journal()::approvalsNeeded);
        Cases cases = new Cases(jdbi, people.ladder(), commands, api.assignable());
        Properties client = new Properties();
        client.putAll(kafka.client());
        this.alerts = new AlertReader(
                client, kafka.topic(Topic.ALERTS), Wire.of(kafka.client()).reader(RecordType.ALERT), views);
        this.admin = Admin.create(client);
        gauges(responder, registry);
        this.server = new ApiServer(
                api,
                new Services(
                        commands,
                        decisions,
                        views,
                        cases,
                        new Switches(jdbi),
                        new Budgets(jdbi),
                        new AuditTrail(jdbi),
                        List.of(new DatabaseCheck(responder.database().dataSource()), new KafkaCheck(admin)),
                        new JournalMetrics(jdbi, registry, Clock.systemUTC())),
                Clock.systemUTC());
    }

    private void gauges(Responder responder, PrometheusMeterRegistry registry) {
        Gauge.builder("tillwatch.alerts.unreadable", alerts, AlertReader::unreadable)
                .description("Records of the topic of alerts that were passed over.")
                .register(registry);
        responder
                .acquirers()
                .all()
                .forEach((acquirerId, connection) -> Gauge.builder(
                                "tillwatch.acquirer.open",
                                connection.gate(),
                                gate -> gate.state().equals("CLOSED") ? 0 : 1)
                        .description("1 while the acquirer's circuit breaker keeps calls back, wholly or in part.")
                        .tag("acquirer", acquirerId)
                        .register(registry));
    }

    /**
     * Listens and reads.
     *
     * @throws IllegalStateException if the API cannot listen
     */
    public void start() {
        server.start();
        alerts.start();
        LOG.info("the API listens at {}", server.url());
    }

    /** Where the API listens. */
    public String url() {
        return server.url();
    }

    /** Nobody is let in any more, and what is under way ends. */
    @Override
    public void close() {
        server.close();
        alerts.close();
        admin.close(END_WITHIN);
    }
}
