package io.tillwatch.notifier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.notifier.alertmanager.AlertmanagerTeller;
import io.tillwatch.notifier.alertmanager.PostedAlert;
import io.tillwatch.notifier.config.NotifierSettings;
import io.tillwatch.notifier.monitor.DestinationMeters;
import io.tillwatch.notifier.monitor.MonitorServer;
import io.tillwatch.notifier.notice.Links;
import io.tillwatch.notifier.notice.Teller;
import io.tillwatch.notifier.webhook.EventWriter;
import io.tillwatch.notifier.webhook.WebhookTeller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One notifier: a teller for each destination, none of which waits for another. Several may run beside each other. */
public final class Notifier implements AutoCloseable {

    private final List<Teller> tellers = new ArrayList<>();
    private final MonitorServer monitor;

    /**
     * Connects to nothing before {@link #start}.
     *
     * @throws IllegalStateException if health and metrics cannot be served
     */
    public Notifier(NotifierSettings settings, Clock clock) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        Links links = new Links(settings.consoleUrl());
        settings.alertmanagers()
                .forEach(one -> tellers.add(new AlertmanagerTeller(
                        one,
                        settings.kafka(),
                        new PostedAlert(one.labels(), links),
                        new DestinationMeters(registry, one.name()),
                        clock)));
        settings.webhooks()
                .forEach(one -> tellers.add(new WebhookTeller(
                        one,
                        settings.kafka(),
                        settings.groupId(),
                        new EventWriter(
                                settings.source(), links, settings.templates(), one.audiences(), one.languages()),
                        new DestinationMeters(registry, one.name()),
                        clock)));
        for (Teller teller : tellers) {
            Gauge.builder(
                            "tillwatch.notifier.alerts.readable",
                            teller,
                            now -> now.problem().isEmpty() ? 1 : 0)
                    .description("1 while the alerts can be read for a destination.")
                    .tag("destination", teller.name())
                    .register(registry);
        }
        this.monitor =
                new MonitorServer(settings.monitor().host(), settings.monitor().port(), registry, List.copyOf(tellers));
    }

    public void start() {
        monitor.start();
        tellers.forEach(Teller::start);
    }

    /** Where health and metrics are. */
    public int monitorPort() {
        return monitor.port();
    }

    /** What was told is written down; what is on its way may be told again by the next run. */
    @Override
    public void close() {
        tellers.parallelStream().forEach(Teller::close);
        monitor.close();
    }
}
