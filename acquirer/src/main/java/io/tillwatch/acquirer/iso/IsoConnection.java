package io.tillwatch.acquirer.iso;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/** One client's connection: frames of a length in two bytes and so many bytes. Sending is safe for several threads. */
final class IsoConnection implements AutoCloseable {

    private static final int HEADER_BYTES = 2;

    private final Socket socket;
    private final Object sending = new Object();
    private volatile boolean signedOn;

    IsoConnection(Socket socket) {
        this.socket = socket;
    }

    /** Reads frames until the client goes or is sent away. */
    void read(BiConsumer<IsoConnection, byte[]> onFrame) {
        try (socket;
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                byte[] frame = in.readNBytes(in.readUnsignedShort());
                onFrame.accept(this, frame);
            }
        } catch (IOException gone) {
            // Clients come and go.
        }
    }

    boolean isSignedOn() {
        return signedOn;
    }

    void signOn() {
        signedOn = true;
    }

    void send(byte[] message) {
        write(frame(message), HEADER_BYTES + message.length);
    }

    void sendHalf(byte[] message) {
        write(frame(message), HEADER_BYTES + message.length / 2);
        close();
    }

    private static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(HEADER_BYTES + message.length)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    private void write(byte[] frame, int length) {
        synchronized (sending) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(frame, 0, length);
                out.flush();
            } catch (IOException gone) {
                close();
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
