package io.tillwatch.responder.engine;

import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.record.Command;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The acquirers that are spoken to, by their ids; {@code *} stands for all that have no profile of their own. */
public final class Acquirers implements AutoCloseable {

    /** Whoever has no profile. */
    public static final String OTHERS = "*";

    private final Map<String, Connection> connections;

    public Acquirers(Map<String, Connection> connections) {
        this.connections = new TreeMap<>(connections);
    }

    /** The connection to an acquirer, if it has a profile or there is one for others. */
    public Optional<Connection> of(String acquirerId) {
        Connection own = connections.get(acquirerId);
        return Optional.ofNullable(own != null ? own : connections.get(OTHERS));
    }

    /** By their ids. */
    public Map<String, Connection> all() {
        return Map.copyOf(connections);
    }

    /** Whether a person must approve a command because its acquirer does not deduplicate what it asks for. */
    public boolean waitsForPerson(Command command) {
        return switch (command.getAction()) {
            case REVERSE, REFUND, ADJUST -> false;
            case RETRY_CAPTURE, RETRY_SETTLEMENT ->
                of(command.getOriginal().getAcquirerId())
                        .map(Connection::profile)
                        .map(Profile::deduplicatesPresentments)
                        .map(deduplicates -> !deduplicates)
                        .orElse(true);
        };
    }

    void shareWith(int instances) {
        connections.values().forEach(connection -> connection.gate().shareWith(instances));
    }

    @Override
    public void close() {
        connections.values().forEach(connection -> connection.acquirer().close());
    }
}
