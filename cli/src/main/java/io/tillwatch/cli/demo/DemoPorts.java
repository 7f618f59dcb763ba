package io.tillwatch.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The ports of the demo, all of the loopback address but one.
 *
 * @param metrics where the jobs' metrics can be read, which Flink offers at every address; 0 for nowhere
 */
record DemoPorts(
        int kafka,
        int flink,
        int responder,
        int acquirerHttp,
        int acquirerIso,
        int postgres,
        int console,
        int metrics) {

    /** How many there are. */
    static final int COUNT = 8;

    /** Below 32768, where Linux takes the near ends of outgoing connections from. */
    private static final int FROM = 20_000;

    private static final int BELOW = 32_000;
    private static final int TRIES = 200;

    /** The ports from one on, in the order of this record. */
    static DemoPorts from(int base) {
        return new DemoPorts(base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, 0);
    }

    /** The same, and the next for the jobs' metrics. */
    DemoPorts withMetrics() {
        return new DemoPorts(kafka, flink, responder, acquirerHttp, acquirerIso, postgres, console, kafka + COUNT - 1);
    }

    /** Ports in a row that are free now, wherever. */
    static DemoPorts anyFree() {
        for (int i = 0; i < TRIES; i++) {
            DemoPorts ports = from(ThreadLocalRandom.current().nextInt(FROM, BELOW - COUNT));
            if (ports.withMetrics().taken().isEmpty()) {
                return ports;
            }
        }
        throw new DemoFailedException("no " + COUNT + " free ports in a row were found from " + FROM + " to "
                + (BELOW - 1) + ": stop what listens there, or give --port-base");
    }

    /** Those of them that something else listens on. */
    List<Integer> taken() {
        List<Integer> taken = new ArrayList<>();
        IntStream.range(kafka, metrics == 0 ? kafka + COUNT - 1 : kafka + COUNT)
                .filter(port -> !isFree(port))
                .forEach(taken::add);
        return taken;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
