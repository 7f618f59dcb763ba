package io.tillwatch.notifier.alertmanager;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.notifier.notice.Links;
import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.Remedy;
import io.tillwatch.serving.text.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an alert looks in Alertmanager: its labels are its identity there, its annotations what people read. */
public final class PostedAlert {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> ownLabels;
    private final Links links;

    /** @param ownLabels added to every alert; a label of ours is over one of the same name */
    public PostedAlert(Map<String, String> ownLabels, Links links) {
        this.ownLabels = Map.copyOf(ownLabels);
        this.links = links;
    }

    /** The same for every revision of an alert, unless its severity changes. */
    Map<String, String> labels(Notice notice) {
        Map<String, String> labels = new TreeMap<>(ownLabels);
        labels.put("alertname", notice.type().name());
        labels.put("severity", notice.severity().name().toLowerCase(Locale.ROOT));
        labels.put("scope", notice.scope().name().toLowerCase(Locale.ROOT));
        labels.put("alert_id", notice.alertId());
        put(labels, "acquirer", notice.acquirerId());
        put(labels, "merchant", notice.merchantId());
        put(labels, "terminal", notice.terminalId());
        put(labels, "payment", notice.paymentId());
        return labels;
    }

    ObjectNode json(Notice notice, Map<String, String> labels, Instant startsAt, Instant endsAt) {
        ObjectNode alert = JSON.createObjectNode();
        labels.forEach(alert.putObject("labels")::put);
        annotations(notice).forEach(alert.putObject("annotations")::put);
        alert.put("startsAt", startsAt.toString());
        alert.put("endsAt", endsAt.toString());
        links.of(notice).ifPresent(link -> alert.put("generatorURL", link.toString()));
        return alert;
    }

    private Map<String, String> annotations(Notice notice) {
        Map<String, String> annotations = new TreeMap<>();
        String of = notice.paymentId()
                .map(payment -> "payment " + payment)
                .or(() -> notice.acquirerId().map(acquirer -> "acquirer " + acquirer))
                .orElse("all payments");
        annotations.put("summary", notice.type().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + of);
        annotations.put("cause", notice.cause().name().toLowerCase(Locale.ROOT));
        annotations.put("revision", Integer.toString(notice.revision()));
        if (notice.amount().isPresent() && notice.currency().isPresent()) {
            annotations.put(
                    "money_at_risk",
                    Money.of(notice.amount().get(), notice.currency().get(), Locale.ENGLISH));
        }
        put(annotations, "subject", notice.subject());
        put(annotations, "remedy", notice.remedy().map(PostedAlert::remedy));
        put(annotations, "console", links.of(notice).map(Object::toString));
        return annotations;
    }

    private static String remedy(Remedy remedy) {
        return remedy.action() + " of " + Money.of(remedy.amount(), remedy.currency(), Locale.ENGLISH) + ", "
                + remedy.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", by " + remedy.by();
    }

    private static void put(Map<String, String> all, String name, Optional<String> text) {
        text.ifPresent(value -> all.put(name, value));
    }
}
