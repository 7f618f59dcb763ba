package io.tillwatch.cli.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that a program can come back to: below 32768, where outgoing connections take none. */
final class FreePorts {

    private static final int FROM = 20_000;
    private static final int BELOW = 32_000;
    private static final int TRIES = 200;

    private FreePorts() {}

    static List<Integer> two() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, BELOW);
            if (isFree(port) && isFree(port + 1)) {
                return List.of(port, port + 1);
            }
        }
        throw new IllegalStateException("no two free ports in a row from " + FROM + " to " + BELOW);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
