package io.tillwatch.console.web;

import io.tillwatch.console.query.Overview;
import io.tillwatch.console.query.Terminals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** How things are, and which terminals want to be looked at. */
final class OverviewPages {

    private static final Duration TERMINALS_BACK = Duration.ofDays(7);
    /** Pages that ask within one beat are given the same figures. */
    private static final Duration FRESH_FOR = Duration.ofMillis(400);

    private final Jdbi jdbi;
    private final Terminals terminals;
    private final Supplier<String> problem;
    private final Clock clock;
    private final Object reading = new Object();
    private Overview newest;

    /** @param problem what keeps the projection from being up to date; null if nothing does */
    OverviewPages(Jdbi jdbi, Terminals terminals, Supplier<String> problem, Clock clock) {
        this.jdbi = jdbi;
        this.terminals = terminals;
        this.problem = problem;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/", Role.VIEWER, ask -> Answer.page("overview", model())),
                Route.get("/overview/figures", Role.VIEWER, ask -> Answer.page("overview-figures", model())),
                Route.get("/terminals", Role.VIEWER, ask -> Answer.page("terminals", terminals())),
                Route.open("/health/live", ask -> text(200, "UP")),
                Route.open("/health/ready", ask -> problem.get() == null ? text(200, "UP") : text(503, "DOWN")));
    }

    private static Answer text(int status, String what) {
        return new Answer.Page(status, "plain", Map.of("text", what));
    }

    private Map<String, Object> model() {
        Overview overview = overview();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("section", "overview");
        model.put("overview", overview);
        model.put("chart", MinuteChart.of(overview));
        model.put("problem", problem.get());
        model.put("slowest", slowest(overview));
        return model;
    }

    private Overview overview() {
        synchronized (reading) {
            Instant now = clock.instant();
            if (newest == null || now.isAfter(newest.at().plus(FRESH_FOR)) || now.isBefore(newest.at())) {
                newest = Overview.read(jdbi, now);
            }
            return newest;
        }
    }

    /** How far the clock has come: that of the feed that is furthest behind; null if a feed was never read. */
    private static Instant slowest(Overview overview) {
        Instant slowest = null;
        for (Overview.Feed feed : overview.feeds()) {
            if (feed.clockAt() != null && (slowest == null || feed.clockAt().isBefore(slowest))) {
                slowest = feed.clockAt();
            }
        }
        return slowest;
    }

    private Map<String, Object> terminals() {
        Map<String, Object> model = new LinkedHashMap<>();
        List<Terminals.Terminal> found = terminals.since(clock.instant(), TERMINALS_BACK);
        model.put("section", "terminals");
        model.put("terminals", found);
        model.put(
                "suspects", found.stream().filter(Terminals.Terminal::isSuspect).count());
        model.put("from", Terminals.SUSPECT_FROM);
        model.put("days", TERMINALS_BACK.toDays());
        return model;
    }
}
