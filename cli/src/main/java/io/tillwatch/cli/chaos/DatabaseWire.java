package io.tillwatch.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Lies between the responders and the database, and fails where it matters most: when the database has committed and is about
 * to say so. Then, by seed and now and then, the connection is cut, so that nobody is ever told, or the answer comes later
 * than a lease lasts. It is also cut at other moments.
 */
final class DatabaseWire implements AutoCloseable {

    /** How PostgreSQL ends the message by which it tells of a commit. */
    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private static final double NEVER_TOLD = 0.004;
    private static final double TOLD_LATE = 0.001;
    private static final double CUT = 0.000_3;
    private static final Duration LATE = ChaosSettings.LEASE.plusMillis(500);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket server;
    private final int databasePort;
    private final boolean faults;
    private final Random random;
    private final Deeds deeds;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param faults whether anything goes wrong on it */
    DatabaseWire(int databasePort, long seed, boolean faults, Deeds deeds) {
        this.faults = faults;
        this.databasePort = databasePort;
        this.random = new Random(seed ^ 0x77697265L);
        this.deeds = deeds;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
        start("database-wire", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connect(client);
            } catch (IOException closed) {
                // Closed, or a client that is gone already.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket database;
        try {
            database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
        } catch (IOException down) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
        open.add(client);
        open.add(database);
        start("to-database", () -> carry(client, database, false));
        start("from-database", () -> carry(database, client, true));
    }

    private void carry(Socket from, Socket to, boolean fromDatabase) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (faults && fromDatabase && isCut(buffer, length)) {
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // One of them is gone; so is the other now.
        } finally {
            close(from);
            close(to);
        }
    }

    /** Whether the connection ends here; if not, an answer may have been held up. */
    private boolean isCut(byte[] buffer, int length) {
        double chance = chance();
        if (!tellsOfCommit(buffer, length)) {
            return chance < CUT && did("database connection cut");
        }
        if (chance < NEVER_TOLD) {
            return did("commit never acknowledged");
        }
        if (chance < NEVER_TOLD + TOLD_LATE) {
            did("commit acknowledged late");
            LockSupport.parkNanos(LATE.toNanos());
        }
        return false;
    }

    private boolean did(String what) {
        deeds.died(what);
        return true;
    }

    private synchronized double chance() {
        return random.nextDouble();
    }

    private static boolean tellsOfCommit(byte[] buffer, int length) {
        for (int i = 0; i + COMMITTED.length <= length; i++) {
            int matching = 0;
            while (matching < COMMITTED.length && buffer[i + matching] == COMMITTED[matching]) {
                matching++;
            }
            if (matching == COMMITTED.length) {
                return true;
            }
        }
        return false;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // As wanted.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyGone) {
            // As wanted.
        }
        open.forEach(this::close);
    }
}
