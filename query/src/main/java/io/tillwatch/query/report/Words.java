package io.tillwatch.query.report;

import io.tillwatch.serving.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** The texts of a report in one language. Figures, times and identities are the same in all of them. */
public final class Words {

    private final Language language;
    private final Properties texts = new Properties();

    /** What a report can be written in. */
    public enum Language {
        EN("en", Locale.ENGLISH, "report.html"),
        ZH("zh-Hans", Locale.SIMPLIFIED_CHINESE, "report-zh.html");

        private final String tag;
        private final Locale locale;
        private final String file;

        Language(String tag, Locale locale, String file) {
            this.tag = tag;
            this.locale = locale;
            this.file = file;
        }

        /** The file in which its page is written. */
        String file() {
            return file;
        }
    }

    /** @throws IllegalStateException if the texts are not in this build */
    Words(Language language) {
        this.language = language;
        String name = language.tag + ".properties";
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this build");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** As HTML's {@code lang} has it. */
    public String tag() {
        return language.tag;
    }

    /**
     * A text by its key.
     *
     * @throws IllegalArgumentException if there is none: a bug of the page
     */
    public String t(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException(
                    "there is no text \"" + key + "\": add it to " + language.tag + ".properties");
        }
        return text;
    }

    /** A text with one thing filled in. */
    public String t(String key, Object one) {
        return filled(key, one);
    }

    /** A text with two things filled in. */
    public String t(String key, Object one, Object two) {
        return filled(key, one, two);
    }

    /** A text with three things filled in. */
    public String t(String key, Object one, Object two, Object three) {
        return filled(key, one, two, three);
    }

    /** A text with four things filled in. */
    public String t(String key, Object one, Object two, Object three, Object four) {
        return filled(key, one, two, three, four);
    }

    private String filled(String key, Object... filling) {
        Object[] asTexts = Arrays.stream(filling).map(String::valueOf).toArray();
        return new MessageFormat(t(key), Locale.ROOT).format(asTexts);
    }

    /** A time that something took; a dash if nothing did. */
    String duration(Long millisOrNull) {
        return millisOrNull == null ? "–" : Durations.of(Duration.ofMillis(millisOrNull), language.locale);
    }

    /** What alerts have in common: the name of a type or a cause, or what records said. */
    String name(Dimension dimension, String textOrNull) {
        return textOrNull == null ? t("notSaid") : texts.getProperty(dimension.column() + "." + textOrNull, textOrNull);
    }
}
