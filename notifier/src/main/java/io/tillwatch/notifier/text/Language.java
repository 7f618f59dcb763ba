package io.tillwatch.notifier.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages of the texts. */
public enum Language {
    ENGLISH("en", Locale.ENGLISH),
    CHINESE("zh-Hans", Locale.SIMPLIFIED_CHINESE);

    private final String tag;
    private final Locale locale;

    Language(String tag, Locale locale) {
        this.tag = tag;
        this.locale = locale;
    }

    /** BCP 47, as files and events name it. */
    public String tag() {
        return tag;
    }

    /** By which amounts are written. */
    Locale locale() {
        return locale;
    }

    public static Optional<Language> of(String tag) {
        return Arrays.stream(values()).filter(one -> one.tag.equals(tag)).findFirst();
    }

    public static List<String> tags() {
        return Arrays.stream(values()).map(Language::tag).toList();
    }
}
