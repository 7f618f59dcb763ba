package io.tillwatch.console.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that the pages speak. */
public enum Language {
    ENGLISH("en", Locale.ENGLISH, "English"),
    CHINESE("zh-Hans", Locale.SIMPLIFIED_CHINESE, "简体中文");

    private final String tag;
    private final Locale locale;
    private final String ownName;

    Language(String tag, Locale locale, String ownName) {
        this.tag = tag;
        this.locale = locale;
        this.ownName = ownName;
    }

    /** As HTML's {@code lang} and the cookie have it. */
    public String tag() {
        return tag;
    }

    /** By which figures and dates are written. */
    public Locale locale() {
        return locale;
    }

    /** What its speakers call it. */
    public String ownName() {
        return ownName;
    }

    public static Optional<Language> of(String tag) {
        return Arrays.stream(values()).filter(one -> one.tag.equals(tag)).findFirst();
    }

    /** The first of an Accept-Language header that is spoken here, else English. */
    public static Language accepted(String headerOrNull) {
        if (headerOrNull == null || headerOrNull.length() > 1_000) {
            return ENGLISH;
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(headerOrNull)) {
                if (range.getRange().startsWith("zh")) {
                    return CHINESE;
                } else if (range.getRange().startsWith("en")) {
                    return ENGLISH;
                }
            }
        } catch (IllegalArgumentException e) {
            // No language range: what a browser would not send.
        }
        return ENGLISH;
    }
}
