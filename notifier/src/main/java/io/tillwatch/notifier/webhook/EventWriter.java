package io.tillwatch.notifier.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.tillwatch.notifier.notice.Links;
import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.Remedy;
import io.tillwatch.notifier.text.Audience;
import io.tillwatch.notifier.text.Language;
import io.tillwatch.notifier.text.Templates;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Writes a notice as a CloudEvent 1.0 in structured JSON. The same notice always gives the same bytes. */
public final class EventWriter {

    public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI source;
    private final Links links;
    private final Templates templates;
    private final Set<Audience> audiences;
    private final Set<Language> languages;
    private final JsonFormat format = new JsonFormat();

    public EventWriter(URI source, Links links, Templates templates, Set<Audience> audiences, Set<Language> languages) {
        this.source = source;
        this.links = links;
        this.templates = templates;
        this.audiences = Set.copyOf(audiences);
        this.languages = Set.copyOf(languages);
    }

    public byte[] write(Notice notice) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(notice.eventId())
                .withSource(source)
                .withType(notice.isRaised() ? "io.tillwatch.alert.raised.v1" : "io.tillwatch.alert.cleared.v1")
                .withSubject(notice.alertId())
                .withTime(notice.detectedAt().atOffset(ZoneOffset.UTC))
                .withData("application/json", data(notice))
                .build();
        return format.serialize(event);
    }

    private byte[] data(Notice notice) {
        ObjectNode data = JSON.createObjectNode();
        data.put("alertId", notice.alertId());
        data.put("revision", notice.revision());
        data.put("status", notice.status().name());
        data.put("type", notice.type().name());
        data.put("severity", notice.severity().name());
        data.put("scope", notice.scope().name());
        put(data, "paymentId", notice.paymentId());
        put(data, "subject", notice.subject());
        put(data, "acquirerId", notice.acquirerId());
        put(data, "merchantId", notice.merchantId());
        put(data, "terminalId", notice.terminalId());
        data.put("detectedAt", notice.detectedAt().toEpochMilli());
        notice.amount().ifPresent(amount -> data.put("amount", amount));
        put(data, "currency", notice.currency());
        data.put("cause", notice.cause().name());
        put(data, "commandId", notice.commandId());
        notice.remedy().ifPresent(remedy -> data.set("remedy", remedy(remedy)));
        links.of(notice).ifPresent(link -> data.put("link", link.toString()));
        ObjectNode texts = texts(notice);
        if (!texts.isEmpty()) {
            data.set("texts", texts);
        }
        try {
            return JSON.writeValueAsBytes(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written", e);
        }
    }

    private static ObjectNode remedy(Remedy remedy) {
        ObjectNode node = JSON.createObjectNode();
        node.put("action", remedy.action().name());
        node.put("state", remedy.state().name());
        node.put("amount", remedy.amount());
        node.put("currency", remedy.currency());
        node.put("notBefore", remedy.notBefore().toEpochMilli());
        node.put("by", remedy.by().toEpochMilli());
        return node;
    }

    private ObjectNode texts(Notice notice) {
        ObjectNode byAudience = JSON.createObjectNode();
        for (Audience audience : Audience.values()) {
            for (Language language : Language.values()) {
                if (audiences.contains(audience) && languages.contains(language)) {
                    templates
                            .text(notice, audience, language)
                            .ifPresent(text ->
                                    byAudience.withObject("/" + audience.key()).put(language.tag(), text));
                }
            }
        }
        return byAudience;
    }

    private static void put(ObjectNode node, String name, Optional<String> text) {
        text.ifPresent(value -> node.put(name, value));
    }
}
