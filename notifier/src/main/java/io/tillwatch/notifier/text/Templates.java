package io.tillwatch.notifier.text;

import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.Remedy;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.serving.text.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What merchants and cardholders are told of an alert: what happened, what is being done, by when. A text is made of sentences,
 * one file of them per audience and language, and of the few fields of a notice below; none of these is of the card.
 *
 * <p>Sentences are named {@code what.TYPE}, {@code action.ACTION}, {@code doing.STATE}, {@code doing.NOTHING} and {@code cleared}.
 * A type without its sentence is not told of to that audience.
 */
public final class Templates {

    private static final int SENTENCE_LENGTH_MAX = 500;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]*)}");

    private static final Set<String> PLACEHOLDERS =
            Set.of("amount", "payment", "merchant", "terminal", "detectedAt", "action", "remedyAmount", "by");

    private static final Set<String> NAMES = names();

    private final Map<String, Map<String, String>> sentences;

    private Templates(Map<String, Map<String, String>> sentences) {
        this.sentences = sentences;
    }

    /**
     * The texts of this build, with those of a directory over them, sentence by sentence. Files are named as
     * {@code merchant.en.properties}; a sentence that is left empty there is not said.
     *
     * @param problems everything that is wrong with the files is added to it
     */
    public static Templates load(Optional<Path> directory, List<String> problems) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (Audience audience : Audience.values()) {
            for (Language language : Language.values()) {
                String file = file(audience, language);
                all.put(file, new HashMap<>(ofBuild(file)));
            }
        }
        directory.ifPresent(where -> override(where, all, problems));
        return new Templates(all);
    }

    /** The text; empty if this audience is not told of such an alert. */
    public Optional<String> text(Notice notice, Audience audience, Language language) {
        Map<String, String> words = sentences.get(file(audience, language));
        String what = words.getOrDefault("what." + notice.type(), "");
        if (what.isBlank()) {
            return Optional.empty();
        }
        String doing = notice.isRaised()
                ? words.getOrDefault(
                        "doing."
                                + notice.remedy().map(one -> one.state().name()).orElse("NOTHING"),
                        "")
                : words.getOrDefault("cleared", "");
        String between = language == Language.CHINESE ? "" : " ";
        String all = doing.isBlank() ? what : what + between + doing;
        return Optional.of(fill(all, name -> value(name, notice, words, language)));
    }

    private static String value(String name, Notice notice, Map<String, String> words, Language language) {
        Optional<Remedy> remedy = notice.remedy();
        return switch (name) {
            case "amount" -> money(notice.amount(), notice.currency(), language);
            case "payment" -> notice.paymentId().orElse("-");
            case "merchant" -> notice.merchantId().orElse("-");
            case "terminal" -> notice.terminalId().orElse("-");
            case "detectedAt" -> time(notice.detectedAt());
            case "action" ->
                remedy.map(one -> words.getOrDefault("action." + one.action(), "-"))
                        .orElse("-");
            case "remedyAmount" -> money(remedy.map(Remedy::amount), remedy.map(Remedy::currency), language);
            case "by" -> remedy.map(one -> time(one.by())).orElse("-");
            default -> throw new IllegalStateException("{" + name + "} was not refused when it was read");
        };
    }

    private static String money(Optional<Long> amount, Optional<String> currency, Language language) {
        return amount.isPresent() && currency.isPresent()
                ? Money.of(Math.absExact(amount.get()), currency.get(), language.locale())
                : "-";
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String fill(String text, Function<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
    }

    private static String file(Audience audience, Language language) {
        return audience.key() + "." + language.tag() + ".properties";
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(Set.of("cleared", "doing.NOTHING"));
        Stream.of(AlertType.values()).forEach(type -> names.add("what." + type));
        Stream.of(Action.values()).forEach(action -> names.add("action." + action));
        Stream.of(Remedy.State.values()).forEach(state -> names.add("doing." + state));
        return names;
    }

    private static Map<String, String> ofBuild(String file) {
        try (InputStream in = Templates.class.getResourceAsStream("/texts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("texts/" + file + " is not in this build");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("texts/" + file + " cannot be read", e);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> words = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> words.put(name, properties.getProperty(name)));
        return words;
    }

    private static void override(Path directory, Map<String, Map<String, String>> all, List<String> problems) {
        List<Path> files;
        try (Stream<Path> there = Files.list(directory)) {
            files = there.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add("templates: " + directory + " cannot be listed: give a directory that this user may read");
            return;
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Map<String, String> words = all.get(name);
            if (words == null) {
                problems.add("templates: " + name + " is none of " + new TreeSet<>(all.keySet()) + ": rename it");
                continue;
            }
            try (Reader reader = Files.newBufferedReader(file)) {
                Map<String, String> own = read(reader);
                problems.addAll(problems(name, own));
                words.putAll(own);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("templates: " + name + " cannot be read: write it as Java properties in UTF-8");
            }
        }
    }

    /** Everything that is wrong with the sentences of a file. */
    private static List<String> problems(String file, Map<String, String> words) {
        List<String> problems = new ArrayList<>();
        for (String name : new TreeSet<>(words.keySet())) {
            String text = words.get(name);
            String at = "templates: " + file + ": " + name;
            if (!NAMES.contains(name)) {
                problems.add(at + " is no name of a sentence: docs/notifications.md lists them");
            }
            if (text.length() > SENTENCE_LENGTH_MAX) {
                problems.add(at + " is " + text.length() + " characters long, more than " + SENTENCE_LENGTH_MAX
                        + ": shorten it");
            }
            if (CardNumbers.within(text)) {
                problems.add(at + " holds a card number: take it out");
            }
            PLACEHOLDER
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .forEach(placeholder -> {
                        if (!PLACEHOLDERS.contains(placeholder)) {
                            problems.add(
                                    at + " has {" + placeholder + "}, which is none of " + new TreeSet<>(PLACEHOLDERS));
                        }
                    });
            if (PLACEHOLDER.matcher(text).replaceAll("").matches(".*[{}].*")) {
                problems.add(at + " has a brace of no placeholder: leave it out");
            }
        }
        return problems;
    }
}
