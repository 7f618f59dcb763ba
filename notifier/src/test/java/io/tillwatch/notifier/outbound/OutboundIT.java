package io.tillwatch.notifier.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.notifier.given.Receiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.Test;

/** The client against real sockets; only the name server is ours, so that it can change its mind. */
class OutboundIT {

    private static final byte[] NOTHING = {};

    private static Outbound outbound(AddressRule rule, Optional<SocketAddressResolver> resolver) {
        return new Outbound("test", rule, Authorities.usual(), Duration.ofSeconds(5), 1, resolver);
    }

    /** A name that stands for a public address when it is first asked for, and for this machine from then on. */
    private static SocketAddressResolver rebinding(AtomicInteger asked) {
        return new SocketAddressResolver() {
            @Override
            public void resolve(
                    String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
                asked.incrementAndGet();
                promise.succeeded(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
        };
    }

    @Test
    void looksAtTheAddressThatANameStandsForWhenItIsConnectedTo() {
        AtomicInteger asked = new AtomicInteger();
        try (Receiver receiver = new Receiver();
                Outbound guarded = outbound(AddressRule.PUBLIC, Optional.of(rebinding(asked)));
                Outbound open = outbound(AddressRule.ANY, Optional.of(rebinding(asked)))) {
            URI url = URI.create("http://shop.example:" + receiver.url().getPort() + "/hook");

            Answer refused = guarded.post(url, "text/plain", NOTHING, Map.of()).join();
            assertThat(refused).isInstanceOf(Answer.Unavailable.class);
            assertThat(((Answer.Unavailable) refused).reason())
                    .contains("loopback")
                    .doesNotContain("127.0.0.1");
            assertThat(receiver.received()).isEmpty();
            assertThat(asked).hasValue(1);

            assertThat(open.post(url, "text/plain", NOTHING, Map.of()).join()).isInstanceOf(Answer.Taken.class);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void tellsRefusalsOfTheContentFromAllElse() {
        try (Receiver receiver = new Receiver();
                Outbound outbound = outbound(AddressRule.ANY, Optional.empty())) {
            for (int status : new int[] {200, 202, 204}) {
                receiver.answers(any -> status);
                assertThat(outbound.post(receiver.url(), "text/plain", NOTHING, Map.of())
                                .join())
                        .isEqualTo(new Answer.Taken());
            }
            for (int status : new int[] {400, 413, 422}) {
                receiver.answers(any -> status);
                assertThat(outbound.post(receiver.url(), "text/plain", NOTHING, Map.of())
                                .join())
                        .isEqualTo(new Answer.Refused(status));
            }
            for (int status : new int[] {302, 401, 403, 404, 408, 429, 500, 503}) {
                receiver.answers(any -> status);
                assertThat(outbound.post(receiver.url(), "text/plain", NOTHING, Map.of())
                                .join())
                        .isInstanceOf(Answer.Unavailable.class);
            }
        }
    }
}
