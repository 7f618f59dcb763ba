package io.tillwatch.notifier.notice;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where people see more of an alert.
 *
 * @param console where the console is; without it there are no links
 */
public record Links(Optional<URI> console) {

    /** The console's page of the payment; its list of alerts where there is no payment. */
    public Optional<URI> of(Notice notice) {
        return console.map(base -> {
            String path = notice.paymentId()
                    .map(id -> "/payments/"
                            + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"))
                    .orElse("/alerts");
            return URI.create(base.toString().replaceAll("/+$", "") + path);
        });
    }
}
