package io.tillwatch.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Free, taken and remembered ports of the loopback address. */
final class Ports {

    /** Under 32768, where Linux takes the near ends of outgoing connections from. */
    private static final int FROM = 20_000;

    private static final int BELOW = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    /** The port asked for, else the one remembered, else a free one; remembered from now on. */
    static int settle(int wanted, Path file) {
        try {
            Files.createDirectories(file.getParent());
            int remembered = Files.exists(file) ? parse(Files.readString(file)) : 0;
            int port = wanted != 0 ? wanted : remembered != 0 ? remembered : pickFree();
            if (port != remembered) {
                Files.writeString(file, port + "\n");
            }
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember the port in " + file, e);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int parse(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException half) {
            return 0;
        }
    }

    private static int pickFree() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, BELOW);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PostgresException("no free port found from " + FROM + " to " + (BELOW - 1)
                + " of 127.0.0.1: stop what listens there, or configure a port");
    }
}
