package io.tillwatch.responder.iso8583;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.rules.admission.Currencies;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * How an acquirer is spoken to in ISO 8583.
 *
 * @param connectWithin how long connecting and signing on may take
 * @param answerWithin how long one exchange may take, connecting included
 * @param echoEvery how often the connection is tried with an echo
 * @param acquirerCode what stands for the acquirer in DE 32; null is its acquirerId
 * @param currencyDigits digits of the minor unit, of the currencies in which this acquirer differs from ISO 4217
 * @param responseCodes what the codes of DE 39 mean that this acquirer has of its own: a code of
 *     docs/acquirer-protocol.md, another one that its profile maps, or DONE
 * @param reversalAsAdvice REVERSE goes as 0420, not as 0400
 */
public record Iso8583Settings(
        String host,
        int port,
        Duration connectWithin,
        Duration answerWithin,
        Duration echoEvery,
        String acquirerCode,
        Map<String, Integer> currencyDigits,
        Map<String, String> responseCodes,
        boolean reversalAsAdvice) {

    public static final Duration CONNECT_WITHIN_DEFAULT = Duration.ofSeconds(5);
    public static final Duration ECHO_EVERY_DEFAULT = Duration.ofSeconds(30);

    private static final int PORT_MAX = 65_535;
    private static final int DIGITS_MAX = 4;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "connectWithin", "echoEvery", "acquirerCode", "currencyDigits", "responseCodes", "reversalAsAdvice"));

    public Iso8583Settings {
        currencyDigits = Map.copyOf(currencyDigits);
        responseCodes = Map.copyOf(responseCodes);
    }

    /** The settings, or all that is wrong with them, each with its remedy. */
    public sealed interface Result {
        /** They can be used. */
        record Good(Iso8583Settings settings) implements Result {}

        /** They cannot. */
        record Bad(List<String> problems) implements Result {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /** The defaults for an address. */
    public static Iso8583Settings of(String host, int port, Duration answerWithin) {
        return new Iso8583Settings(
                host,
                port,
                shorter(CONNECT_WITHIN_DEFAULT, answerWithin),
                answerWithin,
                ECHO_EVERY_DEFAULT,
                null,
                Map.of(),
                Map.of(),
                false);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Reads what a profile says. */
    public static Result of(AdapterSettings.Iso8583 profile) {
        List<String> problems = new ArrayList<>();
        if (profile.host() == null || profile.host().isBlank()) {
            problems.add("host: is missing; give a name or an address");
        }
        if (profile.port() < 1 || profile.port() > PORT_MAX) {
            problems.add("port: is " + profile.port() + "; give 1 to " + PORT_MAX);
        }
        JsonNode own = profile.own();
        if (own != null && (own.isNull() || own.isMissingNode())) {
            own = null;
        } else if (own != null && !own.isObject()) {
            problems.add("the adapter's own settings are no object; give one of " + String.join(", ", NAMES));
            own = null;
        }
        Reader reader = new Reader(own, problems);
        reader.refuseUnknown();
        Duration connectWithin = reader.duration("connectWithin", CONNECT_WITHIN_DEFAULT);
        Iso8583Settings settings = new Iso8583Settings(
                profile.host(),
                profile.port(),
                shorter(connectWithin, profile.timeout()),
                profile.timeout(),
                reader.duration("echoEvery", ECHO_EVERY_DEFAULT),
                reader.acquirerCode(),
                reader.currencyDigits(),
                reader.responseCodes(),
                reader.flag("reversalAsAdvice"));
        return problems.isEmpty() ? new Result.Good(settings) : new Result.Bad(problems);
    }

    private record Reader(JsonNode own, List<String> problems) {

        JsonNode get(String name) {
            JsonNode node = own == null ? null : own.get(name);
            return node == null || node.isNull() ? null : node;
        }

        void refuseUnknown() {
            if (own != null) {
                own.fieldNames().forEachRemaining(name -> {
                    if (!NAMES.contains(name)) {
                        problems.add(name + ": is not known; known are " + String.join(", ", NAMES));
                    }
                });
            }
        }

        Duration duration(String name, Duration otherwise) {
            JsonNode node = get(name);
            if (node == null) {
                return otherwise;
            }
            try {
                Duration given = Duration.parse(node.asText());
                if (given.compareTo(Duration.ZERO) > 0 && given.compareTo(LONGEST) <= 0) {
                    return given;
                }
            } catch (DateTimeParseException e) {
                // Said below.
            }
            problems.add(name + ": is " + node + "; give an ISO 8601 duration of more than zero, at most " + LONGEST);
            return otherwise;
        }

        String acquirerCode() {
            JsonNode node = get("acquirerCode");
            if (node == null) {
                return null;
            }
            if (!node.isTextual() || !RequestMaker.fitsAcquirerCode(node.asText())) {
                problems.add("acquirerCode: is " + node + "; give 1 to 11 printable ASCII characters");
            }
            return node.asText();
        }

        Map<String, Integer> currencyDigits() {
            Map<String, Integer> digits = new TreeMap<>();
            entries("currencyDigits", (currency, node) -> {
                if (!Currencies.inUse(currency) || !node.isInt() || node.asInt() < 0 || node.asInt() > DIGITS_MAX) {
                    problems.add("currencyDigits." + currency + ": is " + node + "; give a currency in use and 0 to "
                            + DIGITS_MAX);
                }
                digits.put(currency, node.asInt());
            });
            return digits;
        }

        Map<String, String> responseCodes() {
            Map<String, String> codes = new TreeMap<>();
            entries("responseCodes", (code, node) -> {
                if (!code.matches("[0-9A-Z]{2}") || !node.asText().matches("[A-Za-z0-9_.-]{1,64}")) {
                    problems.add("responseCodes." + code + ": is " + node
                            + "; give two digits or capital letters, and a code such as NOT_FOUND");
                }
                codes.put(code, node.asText());
            });
            return codes;
        }

        void entries(String name, BiConsumer<String, JsonNode> each) {
            JsonNode node = get(name);
            if (node == null) {
                return;
            }
            if (!node.isObject()) {
                problems.add(name + ": is no object; give one");
                return;
            }
            node.properties().forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
        }

        boolean flag(String name) {
            JsonNode node = get(name);
            if (node != null && !node.isBoolean()) {
                problems.add(name + ": is " + node + "; give true or false");
            }
            return node != null && node.asBoolean();
        }
    }
}
