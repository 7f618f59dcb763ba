package io.tillwatch.responder.iso8583;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens, and does with each frame what a test tells it to. */
final class HostileAcquirer implements AutoCloseable {

    /** What is done with a frame. */
    interface Manner {
        void take(byte[] frame, OutputStream out) throws IOException;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final boolean reads;
    private volatile Manner manner;

    HostileAcquirer(boolean reads, Manner manner) {
        this.reads = reads;
        this.manner = manner;
        try {
            this.server = new ServerSocket();
            server.setReceiveBufferSize(4_096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    void from(Manner next) {
        manner = next;
    }

    int port() {
        return server.getLocalPort();
    }

    /** What a peer answers that takes every sign-on and echo. */
    static boolean takesManagement(byte[] frame, OutputStream out) throws IOException {
        if (!new String(frame, 0, 4, StandardCharsets.US_ASCII).equals("0800")) {
            return false;
        }
        // The same with DE 39, bit 39, before DE 70, which is the last three bytes.
        byte[] answer = ByteBuffer.allocate(frame.length + 2)
                .put("0810".getBytes(StandardCharsets.US_ASCII))
                .put(frame, 4, frame.length - 4 - 3)
                .put("00".getBytes(StandardCharsets.US_ASCII))
                .put(frame, frame.length - 3, 3)
                .array();
        answer[4 + 38 / 8] |= (byte) (0x80 >> (38 % 8));
        send(answer, out);
        return true;
    }

    static void send(byte[] frame, OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(2 + frame.length)
                .putShort((short) frame.length)
                .put(frame)
                .array());
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                byte[] frame = in.readNBytes(in.readUnsignedShort());
                if (!takesManagement(frame, socket.getOutputStream())) {
                    manner.take(frame, socket.getOutputStream());
                }
                if (!reads) {
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
        } catch (IOException | InterruptedException gone) {
            // Tests come and go.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
