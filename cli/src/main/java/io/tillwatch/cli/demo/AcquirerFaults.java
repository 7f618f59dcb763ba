package io.tillwatch.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How often what goes wrong between the responder and the acquirers: a few requests in a hundred. */
final class AcquirerFaults {

    private AcquirerFaults() {}

    /** As docs/acquirer-protocol.md says; which requests are struck, is told by the seed. */
    static String json(long seed) {
        ObjectNode faults = new ObjectMapper().createObjectNode();
        faults.put("seed", seed);
        faults.putObject("perAcquirer")
                .putObject("*")
                .put("dropRequest", 0.01)
                .put("dropAnswer", 0.01)
                .put("delay", 0.02)
                .put("delayMillis", 3_000)
                .put("duplicate", 0.01)
                .put("halfAnswer", 0.01)
                .put("garbage", 0.01)
                .put("serverError", 0.02)
                .put("wrongAnswer", 0.005)
                .put("decline", 0.01);
        return faults.toString();
    }
}
