package io.tillwatch.console.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Every text of the pages, by key and language. Placeholders are {0}, {1} and so on; what fills them is text already. */
public final class Messages {

    private final Map<Language, Properties> texts = new EnumMap<>(Language.class);

    private Messages() {}

    /** @throws IllegalStateException if a bundle is not in this build */
    public static Messages load() {
        Messages messages = new Messages();
        for (Language language : Language.values()) {
            String name = "/messages/" + language.tag() + ".properties";
            Properties properties = new Properties();
            try (InputStream in = Messages.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is not in this build");
                }
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read", e);
            }
            messages.texts.put(language, properties);
        }
        return messages;
    }

    public Set<String> keys(Language language) {
        return texts.get(language).stringPropertyNames();
    }

    /**
     * The text of a key.
     *
     * @throws IllegalArgumentException if there is none: a bug of the page
     */
    public String text(Language language, String key, Object... arguments) {
        String pattern = texts.get(language).getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("there is no text \"" + key + "\" in " + language.tag()
                    + ": add it to messages/" + language.tag() + ".properties");
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language.locale()).format(arguments);
    }

    /** What a symbol is called; the symbol itself if it is of a newer build and has no name here yet. */
    public String name(Language language, String group, String symbol) {
        return Optional.ofNullable(texts.get(language).getProperty(group + "." + symbol))
                .orElse(symbol);
    }
}
