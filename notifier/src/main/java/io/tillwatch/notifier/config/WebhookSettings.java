package io.tillwatch.notifier.config;

import io.tillwatch.notifier.notice.Route;
import io.tillwatch.notifier.outbound.AddressRule;
import io.tillwatch.notifier.outbound.Authorities;
import io.tillwatch.notifier.text.Audience;
import io.tillwatch.notifier.text.Language;
import io.tillwatch.notifier.webhook.WebhookSecret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Somebody who is told of alerts by signed events.
 *
 * @param name of the destination: in metrics, logs and the name of its consumer group
 * @param secrets the first is the current one; each signs, so that a receiver may change at any time between two
 * @param addresses which may be connected to
 * @param authorities whose certificates are believed
 * @param fromBeginning whether a destination that is new is told of all that the topic still holds, instead of what comes
 * @param answerWithin for one request
 * @param backoffFirst after the first attempt that failed; each further one doubles it
 * @param refusalsMax after so many refusals of one event's content it is given up; unavailability never ends the attempts
 * @param inFlightMax requests at once, of different partitions: those of one alert are always one after the other
 */
public record WebhookSettings(
        String name,
        URI url,
        List<WebhookSecret> secrets,
        AddressRule addresses,
        Authorities authorities,
        Route only,
        Set<Audience> audiences,
        Set<Language> languages,
        boolean fromBeginning,
        Duration answerWithin,
        Duration backoffFirst,
        Duration backoffMax,
        int refusalsMax,
        int inFlightMax) {

    public WebhookSettings {
        secrets = List.copyOf(secrets);
        audiences = Set.copyOf(audiences);
        languages = Set.copyOf(languages);
    }

    /** Without the URL, which may hold a secret of the receiver's, and without ours. */
    @Override
    public String toString() {
        return "WebhookSettings[name=" + name + "]";
    }
}
