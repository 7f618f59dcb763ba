package io.tillwatch.responder.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Instruction;
import io.tillwatch.responder.acquirer.SendAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.schemas.record.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as an answer over HTTP, and that everything else is as good as none. */
class HttpAcquirerTest {

    private static final String VIEW = "{'paymentId':'p/1','currency':'EUR','authorization':{'status':'APPROVED',"
            + "'amount':100},'held':100,'netDebit':0,'settled':0,'capture':null,'effect':null}";
    private static final String DONE = "{'key':'k#1','action':'REVERSE','amount':100,'reference':'r','at':1}";

    private HttpServer server;
    private HttpAcquirer acquirer;
    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Acquirer-Id") + " "
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + sent);
            byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        acquirer = at(server.getAddress().getPort(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksAndInstructsAsTheProtocolSays() {
        body = VIEW;
        assertThat(acquirer.inquire(inquiry())).isInstanceOf(InquiryAnswer.Known.class);
        body = DONE;
        assertThat(acquirer.send(instruction())).isEqualTo(new SendAnswer.Done(100, "r"));
        assertThat(requests)
                .containsExactly(
                        "GET /v1/payments/p%2F1?captureId=c%201&stan=000123&key=k%231 A null ",
                        "POST /v1/instructions A k#1 {\"action\":\"REVERSE\",\"paymentId\":\"p/1\",\"captureId\":\"c 1\","
                                + "\"amount\":100,\"currency\":\"EUR\",\"merchantId\":\"M\",\"stan\":\"000123\","
                                + "\"attempt\":2}");
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {'code':'NOT_FOUND','paymentId':'p/1'} | NotFound[]",
                "404 | {'code':'NOT_FOUND','paymentId':'p/2'} | Unknown[reason=status 404, about another paymentId]",
                "404 | {'code':'NOT_FOUND'}    | Unknown",
                "404 | {'code':'ELSE'}         | Unknown",
                "404 | nothing here            | Unknown",
                "501 | {}                      | Unsupported[]",
                "302 | {}                      | Unknown[reason=status 302]",
                "503 | {}                      | Unknown[reason=status 503]",
                "200 | {}                      | Unknown",
                "200 | {'paymentId'            | Unknown[reason=status 200, no JSON object]",
            })
    void takesAnInquirysAnswerOnlyIfItIsWholeAndAboutWhatWasAsked(int given, String text, String expected) {
        status = given;
        body = text;
        assertThat(acquirer.inquire(inquiry()).toString()).startsWith(expected);
        assertThat(requests).as("nothing is followed or tried again").hasSize(1);
    }

    @ParameterizedTest(name = "{0} for {1} is no answer")
    @CsvSource(
            delimiter = '|',
            value = {
                "'paymentId':'p/1'           | 'paymentId':'p/2'",
                "'held':100                  | 'held':-1",
                "'held':100                  | 'held':1.5",
                "'held':100                  | 'held':'100'",
                "'held':100                  | 'held':100,'held':0",
                "'held':100                  | 'held':99999999999999999999",
                "'currency':'EUR',           | ",
                "'status':'APPROVED'         | 'status':'PERHAPS'",
                "'effect':null               | 'effect':{'key':'k#2','amount':1}",
                "'effect':null               | 'effect':[]",
                "'capture':null              | 'capture':{'captureId':'c 2','amount':1,'reversed':0,'refunded':0,'settled':0,'adjusted':0,'status':'ACCEPTED'}",
                "'effect':null}              | 'effect':null} {}",
            })
    void doesNotBelieveAPaymentThatIsNotWhatItShouldBe(String good, String bad) {
        body = VIEW.replace(good, bad == null ? "" : bad);
        assertThat(body).isNotEqualTo(VIEW);
        assertThat(acquirer.inquire(inquiry())).isInstanceOf(InquiryAnswer.Unknown.class);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "201 | {'key':'k#1','action':'REVERSE','amount':100}  | Done[amount=100, reference=null]",
                "200 | {'key':'k#2','action':'REVERSE','amount':100}  | Unknown",
                "200 | {'key':'k#1','action':'REFUND','amount':100}   | Unknown",
                "200 | {'key':'k#1','action':'REVERSE','amount':99}   | Unknown",
                "200 | {'key':'k#1','action':'REVERSE'}               | Unknown",
                "422 | {'code':'ALREADY_SETTLED','key':'k#1'}         | Declined[code=ALREADY_SETTLED]",
                "422 | {'code':'ALREADY_SETTLED','key':'k#2'}         | Unknown[reason=status 422, about another key]",
                "422 | {'code':'ALREADY_SETTLED'}                     | Unknown[reason=status 422, key is no text]",
                "422 | {'code':'with spaces and more'}                | Unknown",
                "422 | {}                                             | Unknown",
                "409 | {'code':'ALREADY_SETTLED'}                     | Unknown[reason=status 409]",
                "500 | {}                                             | Unknown[reason=status 500]",
            })
    void takesAnInstructionsAnswerOnlyIfItIsAboutIt(int given, String text, String expected) {
        status = given;
        body = text;
        assertThat(acquirer.send(instruction()).toString()).startsWith(expected);
        assertThat(requests).hasSize(1);
    }

    @Test
    void doesNotReadAnAnswerWithoutEnd() {
        body = "x".repeat(100_000);
        assertThat(acquirer.send(instruction())).isInstanceOf(SendAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 201 Created~Content-Length: 500~~{",
                "SSH-2.0-OpenSSH_9.2~",
            })
    void countsHalfAnAnswerForNone(String half) throws IOException, InterruptedException {
        try (ServerSocket broken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> answerOnce(broken, half.replace("~", "\r\n")));
            peer.start();
            HttpAcquirer client = at(broken.getLocalPort(), Duration.ofSeconds(5));
            assertThat(client.send(instruction())).isInstanceOf(SendAnswer.Unknown.class);
            peer.join();
        }
    }

    @Test
    void givesUpOnAnAnswerThatBeginsAndDoesNotEnd() throws IOException, InterruptedException {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            HttpAcquirer impatient = at(slow.getLocalPort(), Duration.ofMillis(300));
            Thread peer = new Thread(() -> {
                try (Socket socket = slow.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
                    // Until the other side gives up.
                    while (socket.getInputStream().read() >= 0) {
                        Thread.onSpinWait();
                    }
                } catch (IOException gone) {
                    // It gave up.
                }
            });
            peer.start();
            assertThat(impatient.send(instruction()).toString()).contains("no answer within");
            peer.join();
        }
    }

    @Test
    void saysSoWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(at(port, Duration.ofSeconds(5)).inquire(inquiry())).isInstanceOf(InquiryAnswer.Unknown.class);
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[8_192]);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // The other side did not wait.
        }
    }

    private static HttpAcquirer at(int port, Duration timeout) {
        return new HttpAcquirer(new AdapterSettings.Http(URI.create("http://127.0.0.1:" + port + "/"), timeout));
    }

    private static Target target() {
        return new Target("p/1", "A", "M", null, null, "c 1", "000123", null, null, null);
    }

    private static Inquiry inquiry() {
        return new Inquiry("k#1", target());
    }

    private static Instruction instruction() {
        return new Instruction("k#1", Action.REVERSE, 100, "EUR", target(), 2, Map.of());
    }
}
