package io.tillwatch.console.web;

import io.javalin.http.Context;
import io.tillwatch.console.text.Language;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * How somebody wants to see pages. From cookies that hold nothing else, so that it holds before they sign in.
 *
 * @param zone of the browser, as its script says; UTC until it has
 */
public record Viewer(Language language, ZoneId zone, Theme theme) {

    static final String LANGUAGE_COOKIE = "tillwatch-language";
    static final String ZONE_COOKIE = "tillwatch-zone";
    static final String THEME_COOKIE = "tillwatch-theme";

    /** Light, dark, or as the system is. */
    public enum Theme {
        AUTO,
        LIGHT,
        DARK;

        /** As in the cookie and the style sheet. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Viewer of(Context context) {
        return new Viewer(
                Language.of(context.cookie(LANGUAGE_COOKIE))
                        .orElseGet(() -> Language.accepted(context.header("Accept-Language"))),
                zone(context.cookie(ZONE_COOKIE)),
                theme(context.cookie(THEME_COOKIE)));
    }

    static Theme theme(String tagOrNull) {
        for (Theme theme : Theme.values()) {
            if (theme.tag().equals(tagOrNull)) {
                return theme;
            }
        }
        return Theme.AUTO;
    }

    private static ZoneId zone(String idOrNull) {
        if (idOrNull == null || idOrNull.length() > 60) {
            return ZoneOffset.UTC;
        }
        try {
            // The cookie has a colon where a cookie's value may not have a slash.
            return ZoneId.of(idOrNull.replace(':', '/'));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
