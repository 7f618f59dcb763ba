package io.tillwatch.bench.workload;

/**
 * One payment, from which its records follow.
 *
 * @param number counts the payments
 * @param amount minor units
 */
record Sale(int number, long atMillis, int merchant, int terminal, int card, long amount, String rrn) {

    static final int ACQUIRERS = 5;

    String paymentId() {
        return "p-" + number;
    }

    int acquirer() {
        return merchant % ACQUIRERS;
    }

    String acquirerId() {
        return "acq-" + acquirer();
    }

    String merchantId() {
        return "m-" + merchant;
    }

    String terminalId() {
        return "t-" + merchant + "-" + terminal;
    }
}
