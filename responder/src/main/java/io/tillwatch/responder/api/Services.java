package io.tillwatch.responder.api;

import io.tillwatch.responder.people.AlertViews;
import io.tillwatch.responder.people.AuditTrail;
import io.tillwatch.responder.people.Budgets;
import io.tillwatch.responder.people.Cases;
import io.tillwatch.responder.people.Commands;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.Switches;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the API is made of.
 *
 * @param health what is looked at for {@code /health/ready}
 * @param metrics the text for {@code /metrics}, in Prometheus' text format 0.0.4
 */
public record Services(
        Commands commands,
        Decisions decisions,
        AlertViews alerts,
        Cases cases,
        Switches switches,
        Budgets budgets,
        AuditTrail audit,
        List<Health.Check> health,
        Supplier<String> metrics) {

    public Services {
        health = List.copyOf(health);
    }
}
