package io.tillwatch.responder.iso8583;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.schemas.record.Action;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileAcquirerTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private static Iso8583Acquirer adapter(int port) {
        return new Iso8583Acquirer(Given.settings("127.0.0.1", port, SHORT), Clock.systemUTC());
    }

    private static SendAnswer send(Iso8583Acquirer acquirer) {
        return acquirer.send(Given.reversal(Given.COMMAND, "p-1", 100, 1));
    }

    @Test
    void doesNotKnowWhenNobodyListens() throws IOException {
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        try (Iso8583Acquirer acquirer = adapter(free)) {
            assertThat(send(acquirer)).isInstanceOf(SendAnswer.Unknown.class);
            assertThat(acquirer.inquire(new Inquiry(Given.COMMAND, Given.target("p-1", null))))
                    .isInstanceOf(InquiryAnswer.Unknown.class);
        }
    }

    @Test
    void doesNotKnowWhatAFloodOfGarbageMeans() {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println("garbage: seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        Random random = new Random(seed);
        try (HostileAcquirer hostile = new HostileAcquirer(true, (frame, out) -> garbage(random, frame, out));
                Iso8583Acquirer acquirer = adapter(hostile.port())) {
            for (int i = 0; i < 30; i++) {
                assertThat(send(acquirer)).isInstanceOf(SendAnswer.Unknown.class);
            }
            assertThat(acquirer.counts().unreadableFrames()).isPositive();
        }
    }

    private static void garbage(Random random, byte[] frame, OutputStream out) throws IOException {
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] bytes = random.nextBoolean() ? frame.clone() : new byte[random.nextInt(200)];
            switch (random.nextInt(3)) {
                case 0 -> random.nextBytes(bytes);
                case 1 ->
                    System.arraycopy(
                            "0410".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, Math.min(4, bytes.length));
                default -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
            }
            if (random.nextInt(8) == 0) {
                out.write(bytes);
            } else {
                HostileAcquirer.send(bytes, out);
            }
        }
    }

    @Test
    void ignoresItsOwnMessagesSentBack() {
        try (HostileAcquirer echo = new HostileAcquirer(true, HostileAcquirer::send);
                Iso8583Acquirer acquirer = adapter(echo.port())) {
            assertThat(send(acquirer)).isInstanceOf(SendAnswer.Unknown.class);
        }
    }

    @Test
    void connectsAnewAfterTheOtherSideHungUp() {
        try (HostileAcquirer rude = new HostileAcquirer(true, (frame, out) -> out.close());
                Iso8583Acquirer acquirer = adapter(rude.port())) {
            assertThat(send(acquirer)).isEqualTo(new SendAnswer.Unknown("the connection was lost"));
            assertThat(send(acquirer)).isInstanceOf(SendAnswer.Unknown.class);
            assertThat(rude.connections.get()).isEqualTo(2);
            assertThat(acquirer.counts().connectionsMade()).isEqualTo(2);
        }
    }

    @Test
    void givesUpOnAPeerThatReadsNoMore() throws InterruptedException, ExecutionException {
        ExecutorService senders = Executors.newFixedThreadPool(64);
        try (HostileAcquirer deaf = new HostileAcquirer(false, (frame, out) -> {});
                Iso8583Acquirer acquirer = adapter(deaf.port())) {
            String wide = "p".repeat(800);
            var sent = IntStream.range(0, 1_000)
                    .mapToObj(i -> senders.submit(() -> acquirer.send(new Instruction(
                            "c-" + i, Action.REVERSE, 1, "EUR", Given.target(wide, null), 1, acquirer.identify()))))
                    .toList();
            for (Future<SendAnswer> each : sent) {
                assertThat(each.get()).isInstanceOf(SendAnswer.Unknown.class);
            }
            assertThat(deaf.connections.get()).isGreaterThan(1);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void sendsARepeatOverAnotherConnectionThanWhatWasGivenUp() {
        try (HostileAcquirer silent = new HostileAcquirer(true, (frame, out) -> {});
                Iso8583Acquirer acquirer = adapter(silent.port())) {
            assertThat(send(acquirer)).isEqualTo(new SendAnswer.Unknown("no answer in time"));
            assertThat(acquirer.inquire(new Inquiry(Given.COMMAND, Given.target("p-1", null))))
                    .isEqualTo(new InquiryAnswer.Unknown("no answer in time"));
            assertThat(silent.connections.get()).isEqualTo(1);

            assertThat(acquirer.send(Given.reversal(Given.COMMAND, "p-1", 100, 2)))
                    .isEqualTo(new SendAnswer.Unknown("no answer in time"));
            assertThat(silent.connections.get()).isEqualTo(2);
        }
    }

    @Test
    void sendsNothingMoreOnceItIsClosed() {
        try (HostileAcquirer silent = new HostileAcquirer(true, (frame, out) -> {})) {
            Iso8583Acquirer acquirer = adapter(silent.port());
            acquirer.close();
            assertThat(send(acquirer)).isEqualTo(new SendAnswer.Unknown("not connected"));
            assertThat(silent.connections.get()).isZero();
        }
    }
}
