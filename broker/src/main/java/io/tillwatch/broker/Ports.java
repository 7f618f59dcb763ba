package io.tillwatch.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Free and taken ports of the loopback address. */
final class Ports {

    /** An address, not a name: a name may mean IPv6 to one side and IPv4 to the other. */
    static final String HOST = "127.0.0.1";

    /**
     * From here to {@link #BELOW}: under 32768, where Linux takes the near ends of outgoing connections from, one of
     * which could otherwise hold the port when the broker comes back to it.
     */
    private static final int FROM = 20_000;

    private static final int BELOW = 32_000;
    private static final int TRIES = 200;
    private static final int CONNECT_MILLIS_MAX = 200;

    private Ports() {}

    static int pickFree() {
        // Any port will do; at random, so that two brokers that start together seldom pick the same.
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, BELOW);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BrokerException("no free port found from " + FROM + " to " + (BELOW - 1) + " of " + HOST + " in "
                + TRIES + " tries: stop what listens there, or configure a port");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), CONNECT_MILLIS_MAX);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
