package io.tillwatch.query.report;

/** What alerts are counted by. */
enum Dimension {
    TYPE("type", "Type", false),
    CAUSE("cause", "Cause", false),
    ACQUIRER("acquirerId", "Acquirer", false),
    MERCHANT("merchantId", "Merchant", true),
    TERMINAL("terminalId", "Terminal", true);

    private final String column;
    private final String title;
    private final boolean ofAcquirer;

    Dimension(String column, String title, boolean ofAcquirer) {
        this.column = column;
        this.title = title;
        this.ofAcquirer = ofAcquirer;
    }

    /** Its column of {@code alert_lives}. */
    String column() {
        return column;
    }

    String title() {
        return title;
    }

    /** Whether each acquirer gives these names itself, so that two may give the same one to different things. */
    boolean ofAcquirer() {
        return ofAcquirer;
    }
}
