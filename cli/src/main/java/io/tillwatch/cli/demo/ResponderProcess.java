package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.process.Home;
import io.tillwatch.traffic.life.Market;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A responder as a process, with a profile of each acquirer of the market as its tier promises. */
final class ResponderProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 100;
    private static final String INSTANCE = "demo";

    /** The simulator is late by 3 s at times: such a request is unknown to the responder, and taken all the same. */
    private static final String ANSWER_WITHIN = "PT2S";

    private static final String LATE_FOR_SURE_AFTER = "PT5S";

    private final Service service;
    private final URI uri;
    private final ResponderApi api;

    ResponderProcess(
            Home home, Path directory, DemoPorts ports, String bootstrapServers, URI acquirer, List<ApiToken> tokens) {
        this.uri = URI.create("http://127.0.0.1:" + ports.responder());
        this.api = new ResponderApi(uri);
        this.service = new Service(
                home,
                "responder",
                "io.tillwatch.responder.ResponderMain",
                384,
                directory,
                settings(ports, bootstrapServers, acquirer, tokens));
    }

    private static ObjectNode settings(DemoPorts ports, String bootstrapServers, URI acquirer, List<ApiToken> tokens) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.put("instance", INSTANCE);
        settings.putObject("kafka").put("bootstrap", bootstrapServers);
        settings.putObject("database")
                .put("url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/postgres")
                .put("user", "postgres");
        settings.putObject("journal").put("lease", "PT15S").put("recheckAfter", "PT0.5S");
        settings.putObject("engine").put("threads", 8).put("pollEvery", "PT0.1S");
        ObjectNode acquirers = settings.putObject("acquirers");
        for (Market.Acquirer one : Market.acquirers()) {
            profile(acquirers.putObject(one.acquirerId()), one, ports, acquirer);
        }
        ObjectNode api = settings.putObject("api").put("host", "127.0.0.1").put("port", ports.responder());
        ArrayNode known = api.putArray("tokens");
        for (ApiToken token : tokens) {
            ObjectNode one = known.addObject().put("person", token.person()).put("sha256", token.sha256());
            token.roles().forEach(one.putArray("roles")::add);
        }
        return settings;
    }

    private static void profile(ObjectNode profile, Market.Acquirer one, DemoPorts ports, URI acquirer) {
        switch (one.protocol()) {
            case HTTP -> profile.put("adapter", "http").put("endpoint", acquirer.toString());
            case ISO8583 ->
                profile.put("adapter", "iso8583").put("host", "127.0.0.1").put("port", ports.acquirerIso());
        }
        profile.put("timeout", ANSWER_WITHIN);
        profile.put("backoffFirst", "PT0.5S").put("backoffMax", "PT4S");
        switch (one.tier()) {
            case A -> {
                // The default of a profile.
            }
            case B ->
                profile.put("keysKept", "PT0S")
                        .put("deduplicatesPresentments", false)
                        .put("refusesLateAfter", LATE_FOR_SURE_AFTER);
            case C ->
                profile.put("keysKept", "PT0S")
                        .put("deduplicatesPresentments", false)
                        .put("answersInquiries", false)
                        .put("refusesSettledReversals", false);
        }
    }

    void start() throws InterruptedException {
        service.start();
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!api.ready()) {
            service.child().failIfDead();
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("the responder is not ready within " + UP_WITHIN.toSeconds() + " s: see "
                        + uri + "/health/ready, and its log " + service.child().log());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Where its API is. */
    URI uri() {
        return uri;
    }

    ResponderApi api() {
        return api;
    }

    Child child() {
        return service.child();
    }

    @Override
    public void close() {
        service.close();
    }
}
