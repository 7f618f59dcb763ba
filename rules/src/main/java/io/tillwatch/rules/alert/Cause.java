package io.tillwatch.rules.alert;

/** Where the trouble seems to come from, by the newest response code. */
public enum Cause {
    NETWORK,
    TERMINAL,
    ISSUER,
    ACQUIRER,
    OPERATOR,
    FUNDS,
    CARD,
    UNKNOWN
}
