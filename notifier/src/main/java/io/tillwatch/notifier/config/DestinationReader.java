package io.tillwatch.notifier.config;

import io.tillwatch.notifier.notice.Route;
import io.tillwatch.notifier.outbound.AddressRule;
import io.tillwatch.notifier.outbound.Authorities;
import io.tillwatch.notifier.text.Audience;
import io.tillwatch.notifier.text.Language;
import io.tillwatch.notifier.webhook.WebhookSecret;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Severity;
import io.tillwatch.serving.config.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who is told of alerts. */
final class DestinationReader {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SECRETS_MAX = 5;

    private final Map<String, String> environment;

    DestinationReader(Map<String, String> environment) {
        this.environment = environment;
    }

    WebhookSettings webhook(Part part) {
        String name = name(part, "corner-shop");
        URI url = webUri(part, "url", part.required("url", "https://shop.example/hooks/tillwatch"));
        AddressRule addresses = part.truth("allowPrivate", false) ? AddressRule.ANY : AddressRule.PUBLIC;
        boolean allowHttp = part.truth("allowHttp", false);
        if (!"https".equals(url.getScheme()) && !allowHttp) {
            part.problem(
                    "url",
                    "is not https, and what is told could be read on the way: give an https one, or set"
                            + " allowHttp: true");
        }
        refuseLiteral(part, url, addresses);
        Part texts = part.part("texts");
        Set<Audience> audiences = symbols(texts, "audiences", Audience.class);
        Set<Language> languages = languages(texts);
        texts.nothingElse();
        WebhookSettings settings = new WebhookSettings(
                name,
                url,
                secrets(part),
                addresses,
                authorities(part),
                route(part.part("only")),
                part.isThere("texts") && audiences.isEmpty() ? EnumSet.allOf(Audience.class) : audiences,
                languages,
                from(part),
                part.duration("answerWithin", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(2)),
                part.duration("backoffFirst", SECOND, Duration.ofMillis(10), Duration.ofMinutes(10)),
                part.duration("backoffMax", Duration.ofMinutes(5), Duration.ofMillis(10), Duration.ofHours(12)),
                part.number("refusalsMax", 10, 1, 1_000),
                part.number("inFlightMax", 8, 1, 100));
        part.nothingElse();
        return settings;
    }

    AlertmanagerSettings alertmanager(Part part) {
        String name = name(part, "operations");
        URI url = webUri(part, "url", part.required("url", "http://alertmanager:9093"));
        Duration resend =
                part.duration("resendEvery", Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofHours(1));
        Duration holds = part.duration("holdsFor", Duration.ofMinutes(10), SECOND, Duration.ofDays(1));
        if (holds.compareTo(resend.multipliedBy(2)) < 0) {
            part.problem(
                    "holdsFor",
                    "is less than twice resendEvery, and alerts would end and begin by turns: raise it to "
                            + resend.multipliedBy(2) + ", or lower resendEvery");
        }
        Optional<String> token =
                part.secret(environment, part.optional("tokenVariable").orElse(""), "tokenFile");
        if (token.isPresent() && "http".equals(url.getScheme()) && !isLoopback(url)) {
            part.problem("url", "is http, and the token would cross the network in the clear: give an https one");
        }
        Map<String, String> labels = part.part("labels").texts();
        labels.keySet().stream()
                .filter(label -> !label.matches("[a-zA-Z_][a-zA-Z0-9_]*"))
                .forEach(label -> part.problem(
                        "labels", "one is not a letter or underscore and then letters, digits and underscores"));
        AlertmanagerSettings settings = new AlertmanagerSettings(
                name,
                URI.create(url.toString().replaceAll("/+$", "") + "/api/v2/alerts"),
                authorities(part),
                token,
                labels,
                route(part.part("only")),
                resend,
                holds,
                part.duration("answerWithin", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(2)));
        part.nothingElse();
        return settings;
    }

    private static boolean isLoopback(URI url) {
        return "localhost".equals(url.getHost())
                || AddressRule.literal(url.getHost())
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    /** What is an address already need not wait for the first event to be refused. */
    private static void refuseLiteral(Part part, URI url, AddressRule rule) {
        AddressRule.literal(url.getHost())
                .flatMap(rule::refusal)
                .ifPresent(kind -> part.problem(
                        "url", "its address is " + kind + ": give a public one, or set allowPrivate: true"));
    }

    private static String name(Part part, String example) {
        String name = part.required("name", example);
        if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
            part.problem("name", "is not 1 to 60 letters, digits, dots, hyphens and underscores");
        }
        return name;
    }

    private static Authorities authorities(Part part) {
        Optional<String> file = part.optional("caFile");
        try {
            return file.isPresent() ? Authorities.ofFile(Path.of(file.get())) : Authorities.usual();
        } catch (IOException | InvalidPathException e) {
            part.problem(
                    "caFile", "holds no certificate in PEM that can be read: give the file with the authority's own");
            return Authorities.usual();
        }
    }

    private static boolean from(Part part) {
        String from = part.optional("from").orElse("NOW");
        if (!from.equals("NOW") && !from.equals("BEGINNING")) {
            part.problem("from", "is none of [NOW, BEGINNING]");
        }
        return from.equals("BEGINNING");
    }

    private List<WebhookSecret> secrets(Part part) {
        List<WebhookSecret> secrets = new ArrayList<>();
        List<Part> given = part.parts("secrets");
        if (given.isEmpty() || given.size() > SECRETS_MAX) {
            part.problem(
                    "secrets",
                    "are not 1 to " + SECRETS_MAX
                            + ": give the current one first, such as \"- file: /etc/tillwatch/shop.secret\" or \"- variable: SHOP_SECRET\"");
        }
        for (Part one : given) {
            String variable = one.optional("variable").orElse("");
            if (!variable.isEmpty() && environment.getOrDefault(variable, "").isBlank()) {
                one.problem("variable", "the environment has no " + variable + ": set it to the secret");
            }
            Optional<String> text = one.secret(environment, variable, "file");
            if (variable.isEmpty() && !one.isThere("file")) {
                one.problem("file", "is missing: give it, or variable");
            }
            text.ifPresent(secret -> {
                try {
                    secrets.add(WebhookSecret.parse(secret));
                } catch (IllegalArgumentException e) {
                    one.problem(variable.isEmpty() ? "file" : "variable", e.getMessage());
                }
            });
            one.nothingElse();
        }
        return secrets;
    }

    private static Route route(Part part) {
        Severity severityMin = part.optional("severityMin")
                .map(text -> part.symbol("severityMin", text, Severity.INFO, Severity.class))
                .orElse(Severity.INFO);
        Route route = new Route(
                severityMin,
                symbols(part, "types", AlertType.class),
                new HashSet<>(part.list("acquirers")),
                new HashSet<>(part.list("merchants")));
        part.nothingElse();
        return route;
    }

    private static <E extends Enum<E>> Set<E> symbols(Part part, String name, Class<E> type) {
        Set<E> symbols = EnumSet.noneOf(type);
        for (String text : part.list(name)) {
            E[] all = type.getEnumConstants();
            symbols.add(part.symbol(name, text, all[0], type));
        }
        return symbols;
    }

    private static Set<Language> languages(Part part) {
        Set<Language> languages = EnumSet.noneOf(Language.class);
        for (String tag : part.list("languages")) {
            Optional<Language> language = Language.of(tag);
            language.ifPresentOrElse(
                    languages::add, () -> part.problem("languages", "one is none of " + Language.tags()));
        }
        return languages.isEmpty() ? EnumSet.allOf(Language.class) : languages;
    }

    /** An http or https URL with a host; a stand-in, with the problem told, if it is none. */
    URI webUri(Part part, String name, String text) {
        URI uri = uri(part, name, text);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            part.problem(name, "is no http or https URL with a host and without user and fragment");
            return URI.create("https://unknown.example");
        }
        return uri;
    }

    URI uri(Part part, String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message would quote it, and it may hold a secret.
            part.problem(name, "is no URI: look at character " + (e.getIndex() + 1));
            return URI.create("/tillwatch");
        }
    }
}
