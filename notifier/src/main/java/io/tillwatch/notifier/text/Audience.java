package io.tillwatch.notifier.text;

import java.util.Locale;

/** Whom a text speaks to. */
public enum Audience {
    MERCHANT,
    CARDHOLDER;

    /** As files and events name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
