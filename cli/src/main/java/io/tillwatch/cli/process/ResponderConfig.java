package io.tillwatch.cli.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.traffic.life.Market;
import java.net.URI;
import java.util.List;

/**
 * The configuration of a responder on this machine, with a profile of each acquirer of the market as its tier promises.
 *
 * @param instance its name, of its own
 * @param database URL for JDBC
 * @param user of the database
 * @param port of its API, on 127.0.0.1
 * @param acquirer the simulator's HTTP side
 * @param acquirerIsoPort the simulator's ISO 8583 side, on 127.0.0.1
 * @param tokens with which its API can be used
 */
public record ResponderConfig(
        String instance,
        String bootstrapServers,
        String database,
        String user,
        int port,
        URI acquirer,
        int acquirerIsoPort,
        List<ApiToken> tokens) {

    /** The simulator is late by 3 s at times: such a request is unknown to the responder, and taken all the same. */
    private static final String ANSWER_WITHIN = "PT2S";

    private static final String LATE_FOR_SURE_AFTER = "PT5S";

    public ResponderConfig {
        tokens = List.copyOf(tokens);
    }

    /** As the responder reads it. */
    public ObjectNode json() {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        settings.put("instance", instance);
        settings.putObject("kafka").put("bootstrap", bootstrapServers);
        settings.putObject("database").put("url", database).put("user", user);
        settings.putObject("journal").put("lease", "PT15S").put("recheckAfter", "PT0.5S");
        settings.putObject("engine").put("threads", 8).put("pollEvery", "PT0.1S");
        ObjectNode acquirers = settings.putObject("acquirers");
        for (Market.Acquirer one : Market.acquirers()) {
            profile(acquirers.putObject(one.acquirerId()), one);
        }
        ObjectNode api = settings.putObject("api").put("host", "127.0.0.1").put("port", port);
        ArrayNode known = api.putArray("tokens");
        for (ApiToken token : tokens) {
            ObjectNode one = known.addObject().put("person", token.person()).put("sha256", token.sha256());
            token.roles().forEach(one.putArray("roles")::add);
        }
        return settings;
    }

    private void profile(ObjectNode profile, Market.Acquirer one) {
        switch (one.protocol()) {
            case HTTP -> profile.put("adapter", "http").put("endpoint", acquirer.toString());
            case ISO8583 ->
                profile.put("adapter", "iso8583").put("host", "127.0.0.1").put("port", acquirerIsoPort);
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
}
