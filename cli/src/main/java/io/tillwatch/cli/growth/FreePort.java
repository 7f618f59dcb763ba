package io.tillwatch.cli.growth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port that a program can come back to: below 32768, where outgoing connections take none. */
final class FreePort {

    private static final int FROM = 20_000;
    private static final int BELOW = 32_000;
    private static final int TRIES = 200;

    private FreePort() {}

    static int pick() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, BELOW);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
        throw new GrowthFailedException("no free port found from " + FROM + " to " + BELOW);
    }
}
