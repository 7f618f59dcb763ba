package io.tillwatch.acquirer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcquirerIT {

    private static final Duration SHORT = Duration.ofMillis(300);

    private Sim sim;
    private int payments;
    private String payment;

    @BeforeAll
    void start(@TempDir Path directory) {
        sim = new Sim(directory.resolve("shared"), "--tier", "acq-3=C");
    }

    @AfterAll
    void stop() {
        sim.close();
    }

    @BeforeEach
    void aPayment() {
        sim.faults("{}");
        payment = "p-" + payments++;
        sim.happened(Sim.sale(payment, 1_000));
    }

    private String key() {
        return "key-of-" + payment;
    }

    private long effects() {
        return sim.effectKeys().stream().filter(key()::equals).count();
    }

    private HttpResponse<String> reverse(int attempt) throws IOException {
        return sim.instruct(key(), Sim.reversal(payment, 1_000, attempt));
    }

    private HttpResponse<String> reverseShortly() throws IOException {
        return sim.send(sim.instruction(key(), Sim.reversal(payment, 1_000, 1), SHORT));
    }

    @Test
    void answersAsTheProtocolSays() throws IOException {
        HttpResponse<String> done = reverse(1);
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(done.body()).contains("\"key\":\"" + key() + "\"", "\"action\":\"REVERSE\"", "\"amount\":1000");
        HttpResponse<String> again = reverse(2);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(done.body());

        HttpResponse<String> known = sim.get("/v1/payments/" + payment + "?key=" + key());
        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.body())
                .contains(
                        "\"authorization\":{\"status\":\"REVERSED\",\"amount\":1000}",
                        "\"capture\":null",
                        "\"effect\":{\"key\":\"" + key());

        HttpResponse<String> unknown = sim.get("/v1/payments/nobody");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(unknown.body()).contains("\"code\":\"NOT_FOUND\"", "\"paymentId\":\"nobody\"");

        HttpResponse<String> declined = sim.instruct("other-" + key(), Sim.reversal(payment, 1, 1));
        assertThat(declined.statusCode()).isEqualTo(422);
        assertThat(declined.body()).contains("\"code\":\"ALREADY_REVERSED\"", "\"key\":\"other-" + key() + "\"");
        assertThat(sim.instruct("bad", "{\"action\":\"REVERSE\",\"amount\":1.5}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(sim.get("/sim/ledger").body()).contains("\"paymentId\":\"" + payment + "\"");
    }

    @Test
    void refusesABatchOfEventsThatHasABadLineAsAWhole() throws IOException {
        assertThatThrownBy(() -> sim.happened(Sim.sale("p-of-a-bad-batch", 10), "{\"event\":\"AUTHORIZED\"}", "{"))
                .hasMessageContaining("400")
                .hasMessageContaining("line 2: acquirerId is missing")
                .hasMessageContaining("line 3");
        assertThat(sim.get("/v1/payments/p-of-a-bad-batch").statusCode()).isEqualTo(404);
    }

    @Test
    void losesARequest() {
        sim.faults("{\"dropRequest\":1}");
        assertThatThrownBy(this::reverseShortly).isInstanceOf(HttpTimeoutException.class);
        assertThat(effects()).isZero();
    }

    @Test
    void losesAnAnswer() throws IOException {
        sim.faults("{\"dropAnswer\":1}");
        assertThatThrownBy(this::reverseShortly).isInstanceOf(HttpTimeoutException.class);
        assertThat(effects()).isOne();
        sim.faults("{}");
        assertThat(reverse(2).statusCode()).isEqualTo(200);
        assertThat(effects()).isOne();
    }

    @Test
    void isLateBeforeOrAfterTheEffectAndAnswersAllTheSame() throws IOException {
        sim.faults("{\"delay\":1,\"delayMillis\":50}");
        assertThat(reverse(1).statusCode()).isEqualTo(201);
        assertThat(reverse(2).statusCode()).isEqualTo(200);
        assertThat(effects()).isOne();
    }

    @Test
    void takesARequestTwice() throws IOException {
        sim.faults("{\"duplicate\":1}");
        assertThat(reverse(1).statusCode()).isIn(200, 201);
        assertThat(effects()).isOne();
    }

    @Test
    void sendsHalfAnAnswer() {
        sim.faults("{\"halfAnswer\":1}");
        assertThatThrownBy(() -> reverse(1)).isInstanceOf(IOException.class);
        assertThat(effects()).isOne();
    }

    @Test
    void sendsGarbage() throws IOException {
        sim.faults("{\"garbage\":1}");
        assertThat(reverse(1).body()).doesNotContain("\"key\"");
        assertThat(effects()).isOne();
    }

    @Test
    void failsBeforeOrAfterTheEffect() throws IOException {
        sim.faults("{\"serverError\":1}");
        // Whether it fails before or after the effect is the attempt's luck: with so many, both have come about.
        for (int attempt = 1; attempt <= 20; attempt++) {
            assertThat(reverse(attempt).statusCode()).isEqualTo(500);
        }
        assertThat(effects()).isOne();
    }

    @Test
    void answersForAnotherPayment() throws IOException {
        String other = payment;
        reverse(1);
        aPayment();
        sim.faults("{\"wrongAnswer\":1}");
        assertThat(reverse(1).body()).contains("key-of-" + other);
        assertThat(effects()).isOne();
    }

    @Test
    void declinesForNow() throws IOException {
        sim.faults("{\"decline\":1}");
        HttpResponse<String> declined = reverse(1);
        assertThat(declined.statusCode()).isEqualTo(422);
        assertThat(declined.body()).contains("\"code\":\"TRY_LATER\"", "\"key\":");
        assertThat(effects()).isZero();
        sim.faults("{}");
        assertThat(reverse(2).statusCode()).isEqualTo(201);
    }

    @Test
    void settlesInTheMomentBeforeAReversal() throws IOException {
        sim.happened("{\"event\":\"CAPTURED\",\"acquirerId\":\"acq-1\",\"paymentId\":\"" + payment
                + "\",\"captureId\":\"c-1\",\"amount\":1000,\"currency\":\"EUR\",\"at\":2}");
        assertThat(sim.get("/v1/payments/" + payment).body()).contains("\"settled\":0");
        sim.faults("{\"lateSettlement\":1}");
        assertThat(reverse(1).body()).contains("\"code\":\"ALREADY_SETTLED\"");
        sim.faults("{}");
        assertThat(sim.get("/v1/payments/" + payment).body()).contains("\"settled\":1000");
    }

    @Test
    void answersNoInquiriesInTierC() throws IOException {
        var inquiry = HttpRequest.newBuilder(URI.create(sim.process.httpUrl() + "/v1/payments/" + payment))
                .header("X-Acquirer-Id", "acq-3")
                .build();
        assertThat(sim.send(inquiry).statusCode()).isEqualTo(501);
    }

    @Test
    void survivesWhateverIsSentToItsIsoPort() throws IOException {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println("frames: seed " + seed + " (again: -Dtillwatch.seed=" + seed + ")");
        Random random = new Random(seed);
        byte[] echo = "0800".getBytes(StandardCharsets.US_ASCII);
        for (int connection = 0; connection < 100; connection++) {
            try (Socket socket = new Socket(sim.process.host(), sim.process.isoPort())) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                for (int frame = 0; frame < 5; frame++) {
                    byte[] bytes = new byte[random.nextInt(300)];
                    random.nextBytes(bytes);
                    if (random.nextBoolean() && bytes.length > echo.length) {
                        System.arraycopy(echo, 0, bytes, 0, echo.length);
                    }
                    out.writeShort(random.nextInt(4) == 0 ? random.nextInt(400) : bytes.length);
                    out.write(bytes);
                }
            }
        }
        try (Socket socket = new Socket(sim.process.host(), sim.process.isoPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] signOn = signOn();
            out.writeShort(signOn.length);
            out.write(signOn);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = in.readNBytes(in.readUnsignedShort());
            assertThat(new String(answer, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("0810");
        }
        assertThat(sim.get("/sim/health").statusCode()).isEqualTo(200);
    }

    /** 0800 with DE 7, 11 and 70: bits 1, 7, 11 and 70. */
    private static byte[] signOn() {
        byte[] bitmap = {(byte) 0x82, 0x20, 0, 0, 0, 0, 0, 0, 0x04, 0, 0, 0, 0, 0, 0, 0};
        byte[] fields = "0101000000000001001".getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[4 + bitmap.length + fields.length];
        System.arraycopy("0800".getBytes(StandardCharsets.US_ASCII), 0, message, 0, 4);
        System.arraycopy(bitmap, 0, message, 4, bitmap.length);
        System.arraycopy(fields, 0, message, 4 + bitmap.length, fields.length);
        return message;
    }

    @Test
    void isKilledByAFaultAndGoesOnWhereItWas(@TempDir Path directory) throws Exception {
        try (Sim mortal = new Sim(directory)) {
            mortal.happened(Sim.sale("p-1", 1_000));
            mortal.faults("{\"kill\":1}");
            assertThatThrownBy(() -> mortal.instruct("k-1", Sim.reversal("p-1", 1_000, 1)))
                    .isInstanceOf(IOException.class);
            assertThat(mortal.process.awaitEnd(Duration.ofSeconds(20))).isTrue();

            mortal.process.start();

            assertThat(mortal.get("/sim/faults").body()).contains("\"kill\":1.0");
            mortal.faults("{}");
            assertThat(mortal.instruct("k-1", Sim.reversal("p-1", 1_000, 2)).statusCode())
                    .isIn(200, 201);
            assertThat(mortal.effectKeys()).containsExactly("k-1");
        }
    }

    @Test
    void hasEveryEffectThatItAnsweredForAfterAKill(@TempDir Path directory) throws Exception {
        try (Sim mortal = new Sim(directory)) {
            mortal.happened(Sim.sale("p-1", 1_000_000_000));
            Queue<String> answered = new ConcurrentLinkedQueue<>();
            for (int life = 0; life < 2; life++) {
                killUnderLoad(mortal, life, answered);
                mortal.process.start();
                assertThat(mortal.effectKeys()).doesNotHaveDuplicates().containsAll(answered);
            }
            assertThat(answered).hasSizeGreaterThanOrEqualTo(300);
        }
    }

    private static void killUnderLoad(Sim mortal, int life, Queue<String> answered) throws InterruptedException {
        CountDownLatch underLoad = new CountDownLatch(150);
        List<Thread> clients = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
            String prefix = "k-" + life + "-" + c + "-";
            Thread client = new Thread(() -> {
                try {
                    for (int i = 0; true; i++) {
                        HttpResponse<String> done = mortal.instruct(prefix + i, Sim.reversal("p-1", 1, 1));
                        assertThat(done.statusCode()).isEqualTo(201);
                        answered.add(prefix + i);
                        underLoad.countDown();
                    }
                } catch (IOException killed) {
                    // As it should be.
                }
            });
            clients.add(client);
            client.start();
        }
        underLoad.await();
        mortal.process.kill();
        for (Thread client : clients) {
            client.join();
        }
    }
}
