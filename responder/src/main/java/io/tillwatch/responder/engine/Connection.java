package io.tillwatch.responder.engine;

import io.tillwatch.responder.acquirer.Acquirer;
import io.tillwatch.responder.profile.Profile;

/** An acquirer with what is known of it and the gate before it. */
public record Connection(Profile profile, Acquirer acquirer, AcquirerGate gate) {

    public static Connection of(String acquirerId, Profile profile, Acquirer acquirer) {
        return new Connection(profile, acquirer, new AcquirerGate(acquirerId, profile));
    }
}
