package io.tillwatch.console.web;

import java.util.regex.Pattern;

/** Where a form or a link may lead: to this console and nowhere else. */
final class Local {

    /** One slash and then none: two would name another host. No control characters, no backslash. */
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]{0,2000}");

    private Local() {}

    /** The path if it is one of this console's, else the first page. */
    static String path(String textOrNull) {
        return textOrNull != null && PATH.matcher(textOrNull).matches() ? textOrNull : "/";
    }
}
