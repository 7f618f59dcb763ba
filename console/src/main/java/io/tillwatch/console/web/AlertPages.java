package io.tillwatch.console.web;

import io.tillwatch.console.query.AlertFilter;
import io.tillwatch.console.query.Alerts;
import io.tillwatch.console.query.Payments;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.Severity;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The list of alerts, and all of one payment. */
final class AlertPages {

    private final Alerts alerts;
    private final Payments payments;
    private final Clock clock;

    AlertPages(Alerts alerts, Payments payments, Clock clock) {
        this.alerts = alerts;
        this.payments = payments;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/alerts", Role.VIEWER, ask -> Answer.page("alerts", list(ask))),
                Route.get("/alerts/rows", Role.VIEWER, ask -> Answer.page("alert-rows", list(ask))),
                Route.get("/payments/{paymentId}", Role.VIEWER, ask -> payment(ask, "payment")),
                Route.get("/payments/{paymentId}/timeline", Role.VIEWER, ask -> payment(ask, "payment-timeline")));
    }

    private Map<String, Object> list(Ask ask) {
        AlertFilter filter = AlertFilter.of(ask.query());
        Map<String, Object> model = new LinkedHashMap<>();
        Alerts.Page page = alerts.page(filter);
        model.put("section", "alerts");
        model.put("page", page);
        model.put("now", clock.instant());
        model.put("given", given(ask.query()));
        model.put("query", ask.queryString());
        model.put("link", link(ask.query(), null));
        model.put("previous", link(ask.query(), Integer.toString(page.number() - 1)));
        model.put("next", link(ask.query(), Integer.toString(page.number() + 1)));
        model.put("types", AlertType.values());
        model.put("severities", Severity.values());
        model.put("causes", Cause.values());
        model.put("statuses", AlertFilter.Status.values());
        model.put("sorts", AlertFilter.Sort.values());
        model.put("status", filter.status().name());
        model.put("sort", filter.sort().name());
        return model;
    }

    /** What the form shows; each of its fields is there. */
    private static Map<String, String> given(Map<String, String> query) {
        Map<String, String> given = new TreeMap<>();
        for (String field : List.of("q", "type", "severity", "cause", "acquirer", "merchant", "terminal")) {
            given.put(field, query.getOrDefault(field, "").strip());
        }
        return given;
    }

    /** The same list at another page: only what was given, in a fixed order, so that equal lists have equal links. */
    private static String link(Map<String, String> query, String pageOrNull) {
        Map<String, String> wanted = new TreeMap<>(query);
        wanted.remove("page");
        wanted.values().removeIf(String::isBlank);
        if (pageOrNull != null && !pageOrNull.equals("1")) {
            wanted.put("page", pageOrNull);
        }
        return wanted.entrySet().stream()
                .map(entry -> PageWords.url(entry.getKey()) + "=" + PageWords.url(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private Answer payment(Ask ask, String template) {
        Payments.Payment payment = payments.of(ask.path("paymentId"));
        if (!payment.isKnown()) {
            return Answer.notFound();
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "alerts");
        model.put("payment", payment);
        model.put("now", clock.instant());
        model.put("first", payment.timeline().get(0));
        model.put("feeds", Arrays.asList("authorizations", "captures", "settlements", "reversals"));
        return Answer.page(template, model);
    }
}
