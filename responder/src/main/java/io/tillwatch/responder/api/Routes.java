package io.tillwatch.responder.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every route there is. */
final class Routes {

    static final String OPENAPI = "/openapi/responder.yaml";

    private Routes() {}

    static List<Route> of(Services services, Health health) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(health.routes());
        String openApi = openApi();
        routes.add(Route.get(
                "/api/v1/openapi.yaml",
                Access.open(),
                request -> new Answer.Text(200, "application/yaml; charset=utf-8", openApi, Map.of())));
        routes.add(Route.get(
                "/metrics",
                Access.viewer(),
                request -> new Answer.Text(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        services.metrics().get(),
                        Map.of())));
        routes.addAll(new CommandRoutes(services.commands(), services.decisions(), services.alerts()).routes());
        routes.addAll(new CaseRoutes(services.cases()).routes());
        routes.addAll(new ControlRoutes(services.switches(), services.budgets(), services.audit()).routes());
        return routes;
    }

    private static String openApi() {
        try (InputStream in = Routes.class.getResourceAsStream(OPENAPI)) {
            if (in == null) {
                throw new IllegalStateException(OPENAPI + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(OPENAPI + " cannot be read", e);
        }
    }
}
