package io.tillwatch.console.web;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.monitor.ConsoleMetrics;
import io.tillwatch.console.policy.PolicyWriter;
import io.tillwatch.console.query.Alerts;
import io.tillwatch.console.query.Payments;
import io.tillwatch.console.query.PolicyChanges;
import io.tillwatch.console.query.Terminals;
import io.tillwatch.console.responder.ResponderClient;
import io.tillwatch.console.text.Messages;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Every page there is, and what they stand on. */
public final class Pages implements AutoCloseable {

    private final ConsoleSettings settings;
    private final Jdbi jdbi;
    private final Clock clock;
    private final ConsoleMetrics metrics;
    private final Live live = new Live();
    private final ResponderClient responder;
    private final PolicyWriter policies;

    public Pages(ConsoleSettings settings, Jdbi jdbi, Clock clock, ConsoleMetrics metrics) {
        this.settings = settings;
        this.jdbi = jdbi;
        this.clock = clock;
        this.metrics = metrics;
        this.responder = new ResponderClient(settings.responder(), metrics);
        this.policies = new PolicyWriter(settings.kafka());
    }

    /** To be called when pages may look different; soon and often is fine. */
    public void changed() {
        live.changed();
    }

    @Override
    public void close() {
        policies.close();
    }

    /** @param problem what keeps the projection from being up to date; null if nothing does */
    public ConsoleServer server(Supplier<String> problem) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new OverviewPages(jdbi, new Terminals(jdbi), problem, clock).routes());
        routes.addAll(new AlertPages(new Alerts(jdbi), new Payments(jdbi), clock).routes());
        routes.addAll(new CommandPages(responder, clock).routes());
        routes.addAll(new CasePages(responder, clock).routes());
        routes.addAll(new ControlPages(responder).routes());
        routes.addAll(new PolicyPages(new PolicyChanges(jdbi), policies).routes());
        routes.add(Route.monitored(
                "/metrics", ask -> new Answer.File(MetricsTokens.CONTENT_TYPE, metrics.scrape(), null, false)));
        ConsoleSettings.Web web = settings.web();
        Sessions sessions = new Sessions(web.sessionIdleMax(), clock, new SecureRandom());
        metrics.people(sessions::count, live::pages);
        return new ConsoleServer(
                web,
                sessions,
                new Templates(Messages.load()),
                live,
                new SignInPages(responder, web.accounts(), clock),
                routes,
                metrics);
    }
}
