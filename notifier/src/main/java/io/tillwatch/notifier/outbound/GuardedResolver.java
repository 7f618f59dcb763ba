package io.tillwatch.notifier.outbound;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks at the addresses that a name stands for just before one of them is connected to, so that a name which stands for
 * something else by then (DNS rebinding) helps nobody. One address that is refused refuses the name.
 */
final class GuardedResolver implements SocketAddressResolver {

    private final SocketAddressResolver resolver;
    private final AddressRule rule;

    GuardedResolver(SocketAddressResolver resolver, AddressRule rule) {
        this.resolver = resolver;
        this.rule = rule;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        resolver.resolve(host, port, context, Promise.from(found -> look(found, promise), promise::failed));
    }

    private void look(List<InetSocketAddress> found, Promise<List<InetSocketAddress>> promise) {
        for (InetSocketAddress one : found) {
            Optional<String> refusal = one.isUnresolved() ? Optional.of("unknown") : rule.refusal(one.getAddress());
            if (refusal.isPresent()) {
                promise.failed(new AddressRefusedException(refusal.get()));
                return;
            }
        }
        promise.succeeded(found);
    }
}
