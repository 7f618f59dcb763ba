package io.tillwatch.notifier.config;

import io.tillwatch.notifier.notice.Route;
import io.tillwatch.notifier.outbound.Authorities;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One Alertmanager; of a cluster each member is one.
 *
 * @param api the URL of its v2 alerts
 * @param authorities whose certificates are believed
 * @param bearerToken sent as authorization
 * @param labels added to every alert
 * @param resendEvery how often alerts that stand are sent again
 * @param holdsFor after how long without us it calls an alert ended
 */
public record AlertmanagerSettings(
        String name,
        URI api,
        Authorities authorities,
        Optional<String> bearerToken,
        Map<String, String> labels,
        Route only,
        Duration resendEvery,
        Duration holdsFor,
        Duration answerWithin) {

    public AlertmanagerSettings {
        labels = Map.copyOf(labels);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AlertmanagerSettings[name=" + name + "]";
    }
}
