package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.traffic.life.Market;

/** How often what goes wrong between the responder and the acquirers: a few requests in a hundred. */
final class AcquirerFaults {

    private AcquirerFaults() {}

    /** As docs/acquirer-protocol.md says; which requests are struck, is told by the seed. */
    static String json(long seed) {
        ObjectNode faults = new ObjectMapper().createObjectNode();
        faults.put("seed", seed);
        ObjectNode perAcquirer = faults.putObject("perAcquirer");
        struck(perAcquirer.putObject("*")).put("duplicate", 0.01);
        for (Market.Acquirer one : Market.acquirers()) {
            if (one.tier() != Market.Tier.A) {
                // Where nothing is recognized, a line that doubles requests doubles their effects.
                struck(perAcquirer.putObject(one.acquirerId()));
            }
        }
        return faults.toString();
    }

    private static ObjectNode struck(ObjectNode acquirer) {
        return acquirer.put("dropRequest", 0.01)
                .put("dropAnswer", 0.01)
                .put("delay", 0.02)
                .put("delayMillis", 3_000)
                .put("halfAnswer", 0.01)
                .put("garbage", 0.01)
                .put("serverError", 0.02)
                .put("wrongAnswer", 0.005)
                .put("decline", 0.01);
    }
}
