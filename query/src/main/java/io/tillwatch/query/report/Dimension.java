package io.tillwatch.query.report;

/** What alerts are counted by. */
enum Dimension {
    TYPE("type", "Type"),
    CAUSE("cause", "Cause"),
    ACQUIRER("acquirerId", "Acquirer"),
    MERCHANT("merchantId", "Merchant"),
    TERMINAL("terminalId", "Terminal");

    private final String column;
    private final String title;

    Dimension(String column, String title) {
        this.column = column;
        this.title = title;
    }

    /** Its column of {@code alert_lives}. */
    String column() {
        return column;
    }

    String title() {
        return title;
    }
}
