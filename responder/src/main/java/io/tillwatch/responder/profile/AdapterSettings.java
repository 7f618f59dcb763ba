package io.tillwatch.responder.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;

/** How an acquirer is spoken to. */
public sealed interface AdapterSettings {

    /** How long one exchange may take, connecting included. */
    Duration timeout();

    /**
     * REST with JSON, as docs/acquirer-protocol.md says.
     *
     * @param endpoint http or https, with a path before {@code /v1} if need be
     */
    record Http(URI endpoint, Duration timeout) implements AdapterSettings {}

    /**
     * ISO 8583 over TCP.
     *
     * @param host and port: where it listens
     * @param own the adapter's own settings, as configured
     */
    record Iso8583(String host, int port, Duration timeout, JsonNode own) implements AdapterSettings {}
}
