package io.tillwatch.console.web;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.tillwatch.console.responder.ResponderClient;
import io.tillwatch.console.text.Formats;
import io.tillwatch.console.text.Language;
import io.tillwatch.console.text.Messages;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of templates, each in the viewer's language and zone: {@code t(key, …)} a text, {@code name(group, symbol)} what
 * a symbol is called, {@code money(amount, currency)}, {@code count(number)}, {@code time(at)}, {@code until(from, to)} a
 * duration, {@code url(text)} and {@code ref(identity)} for parts of links. An absent value is written as a dash.
 */
final class PageWords extends AbstractExtension {

    private static final String DASH = "–";

    private static final List<Item> NAVIGATION = List.of(
            new Item("overview", "nav.overview", "/"),
            new Item("alerts", "nav.alerts", "/alerts"),
            new Item("approvals", "nav.approvals", "/approvals"),
            new Item("cases", "nav.cases", "/cases"),
            new Item("terminals", "nav.terminals", "/terminals"),
            new Item("controls", "nav.controls", "/controls"),
            new Item("policies", "nav.policies", "/policies"));

    private final Messages messages;

    /** A page that the navigation leads to. */
    public record Item(String section, String key, String href) {}

    PageWords(Messages messages) {
        this.messages = messages;
    }

    /** A function of a template, by its arguments in order. */
    @FunctionalInterface
    private interface Word {
        Object of(List<Object> arguments, Viewer viewer);
    }

    @Override
    public Map<String, Function> getFunctions() {
        Map<String, Function> functions = new HashMap<>();
        functions.put("navigation", function((arguments, viewer) -> NAVIGATION));
        functions.put("t", function(this::text));
        functions.put("name", function(this::name));
        functions.put("money", function(PageWords::money));
        functions.put("count", function(PageWords::count));
        functions.put("time", function(PageWords::time));
        functions.put("until", function(PageWords::until));
        functions.put("url", function((arguments, viewer) -> url(String.valueOf(arguments.get(0)))));
        functions.put("ref", function((arguments, viewer) -> ResponderClient.ref(String.valueOf(arguments.get(0)))));
        return functions;
    }

    private Object text(List<Object> arguments, Viewer viewer) {
        Object[] filling = arguments.stream().skip(1).map(String::valueOf).toArray();
        return messages.text(viewer.language(), String.valueOf(arguments.get(0)), filling);
    }

    private Object name(List<Object> arguments, Viewer viewer) {
        Object symbol = arguments.get(1);
        return symbol == null
                ? DASH
                : messages.name(viewer.language(), String.valueOf(arguments.get(0)), String.valueOf(symbol));
    }

    private static Object money(List<Object> arguments, Viewer viewer) {
        if (!(arguments.get(0) instanceof Number amount) || arguments.get(1) == null) {
            return DASH;
        }
        Language language = viewer.language();
        return Formats.money(amount.longValue(), String.valueOf(arguments.get(1)), language.locale());
    }

    private static Object count(List<Object> arguments, Viewer viewer) {
        return arguments.get(0) instanceof Number number
                ? Formats.count(number.longValue(), viewer.language().locale())
                : DASH;
    }

    /** In the viewer's zone, with UTC on hover. Nothing of it was typed by anybody, so it need not be escaped. */
    private static Object time(List<Object> arguments, Viewer viewer) {
        Instant at = instant(arguments.get(0));
        return at == null
                ? DASH
                : new SafeString("<time datetime=\"" + at + "\" title=\"" + Formats.utc(at) + "\">"
                        + Formats.time(at, viewer.zone()) + "</time>");
    }

    private static Object until(List<Object> arguments, Viewer viewer) {
        Instant from = instant(arguments.get(0));
        Instant to = instant(arguments.get(1));
        return from == null || to == null
                ? DASH
                : Formats.duration(Duration.between(from, to), viewer.language().locale());
    }

    private static Instant instant(Object at) {
        if (at instanceof Instant instant) {
            return instant;
        }
        return at instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : null;
    }

    static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Function function(Word word) {
        return new Function() {
            @Override
            public Object execute(
                    Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
                List<Object> inOrder = new ArrayList<>();
                for (int i = 0; arguments.containsKey(Integer.toString(i)); i++) {
                    inOrder.add(arguments.get(Integer.toString(i)));
                }
                return word.of(inOrder, (Viewer) context.getVariable("viewer"));
            }

            @Override
            public List<String> getArgumentNames() {
                return null;
            }
        };
    }
}
