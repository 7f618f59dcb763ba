package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection, over which many exchanges go at the same time. Once it is closed it stays so, and every exchange that was
 * under way ends without an answer. Safe for use by several threads.
 */
final class Line implements AutoCloseable {

    /** More than any message of the protocol; a longer one means that the frames have slipped. */
    private static final int FRAME_BYTES_MAX = 8_192;

    private static final int HEADER_BYTES = 2;

    /** A connection on which so many exchanges were given up is not worth keeping. */
    private static final int GIVEN_UP_MAX = 10_000;

    /** Small, for what waits in there goes out even after it was given up. */
    private static final int SEND_BUFFER_BYTES = 16_384;

    /** By which an answer finds its request: the message type, DE 11, 7 and 41. */
    private record Match(int answerType, String stan, String transmitted, String terminal) {

        static Match of(IsoMessage message, int answerType) {
            return new Match(
                    answerType,
                    IsoFormat.get(message, IsoFormat.STAN),
                    IsoFormat.get(message, IsoFormat.TRANSMITTED),
                    IsoFormat.get(message, IsoFormat.TERMINAL));
        }
    }

    private record Outgoing(
            ByteBuffer frame, long endNanos, CompletableFuture<IsoMessage> answer, CompletableFuture<Void> written) {

        /** Whether somebody still waits. The clock is asked as well: a process that was stopped may wake here first. */
        boolean isWanted() {
            return !answer.isDone() && System.nanoTime() - endNanos < 0;
        }
    }

    private final Socket socket;
    private final IsoFormat format;
    private final Iso8583Counts counts;
    private final Map<Match, CompletableFuture<IsoMessage>> waiting = new ConcurrentHashMap<>();
    /** Given up, and an answer may still come. */
    private final Set<Match> givenUp = ConcurrentHashMap.newKeySet();

    private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final Thread reader;
    private final Thread writer;
    private volatile boolean closed;

    /** Connects. */
    Line(Iso8583Settings settings, IsoFormat format, Iso8583Counts counts) throws NoAnswerException {
        this.format = format;
        this.counts = counts;
        this.socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSendBufferSize(SEND_BUFFER_BYTES);
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), (int)
                    settings.connectWithin().toMillis());
        } catch (IOException e) {
            closeSocket();
            throw new NoAnswerException("not connected: " + e.getClass().getSimpleName());
        }
        this.reader = new Thread(this::read, "iso8583-read");
        this.writer = new Thread(this::write, "iso8583-write");
        reader.setDaemon(true);
        writer.setDaemon(true);
        reader.start();
        writer.start();
    }

    boolean isOpen() {
        return !closed;
    }

    /**
     * Whether what comes under a request's identifiers might be the late answer to an earlier one: a repeat calls itself the
     * same. On another connection it cannot be.
     */
    boolean mayAnswerAnEarlier(IsoMessage request) {
        return givenUp.contains(Match.of(request, answerType(request)));
    }

    private static int answerType(IsoMessage request) {
        return (request.getType() & 0xFFF0) + 0x10;
    }

    /** Sends a request and waits for what answers it, for so long at most. */
    IsoMessage exchange(IsoMessage request, long withinNanos) throws NoAnswerException, InterruptedException {
        Match match = Match.of(request, answerType(request));
        CompletableFuture<IsoMessage> answer = new CompletableFuture<>();
        if (waiting.putIfAbsent(match, answer) != null) {
            throw new NoAnswerException("not sent: the same is under way already");
        }
        Outgoing sent = new Outgoing(
                frame(request.writeData()), System.nanoTime() + withinNanos, answer, new CompletableFuture<>());
        try {
            outgoing.add(sent);
            if (closed) {
                throw new NoAnswerException("the connection was lost");
            }
            return answer.get(withinNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(match, answer);
            if (!sent.written().isDone()) {
                // The other side reads no more, and what waits behind this would come too late as well.
                close();
            }
            throw new NoAnswerException("no answer in time");
        } catch (ExecutionException e) {
            throw new NoAnswerException("the connection was lost");
        } catch (InterruptedException e) {
            giveUp(match, answer);
            throw e;
        } finally {
            waiting.remove(match, answer);
        }
    }

    private void giveUp(Match match, CompletableFuture<IsoMessage> answer) {
        givenUp.add(match);
        if (givenUp.size() > GIVEN_UP_MAX) {
            close();
        }
        answer.cancel(false);
    }

    private static ByteBuffer frame(byte[] message) {
        return ByteBuffer.allocate(HEADER_BYTES + message.length)
                .putShort((short) message.length)
                .put(message);
    }

    private void write() {
        try {
            while (!closed) {
                Outgoing next = outgoing.take();
                // What was given up must not go out after that.
                if (next.isWanted()) {
                    socket.getOutputStream().write(next.frame().array());
                }
                next.written().complete(null);
            }
        } catch (IOException | InterruptedException e) {
            close();
        }
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (!closed) {
                int length = in.readUnsignedShort();
                if (length == 0 || length > FRAME_BYTES_MAX) {
                    counts.unreadable();
                    break;
                }
                byte[] frame = new byte[length];
                in.readFully(frame);
                take(frame);
            }
        } catch (IOException e) {
            // Lost.
        }
        close();
    }

    private void take(byte[] frame) {
        Optional<IsoMessage> answer = format.parse(frame);
        if (answer.isEmpty()) {
            counts.unreadable();
            return;
        }
        Match match = Match.of(answer.get(), answer.get().getType());
        CompletableFuture<IsoMessage> asked = waiting.get(match);
        if (asked == null || !asked.complete(answer.get())) {
            counts.unmatched();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeSocket();
        writer.interrupt();
        waiting.values().forEach(answer -> answer.completeExceptionally(new IOException("the connection was lost")));
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
