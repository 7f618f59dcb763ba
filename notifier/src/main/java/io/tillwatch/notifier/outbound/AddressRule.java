package io.tillwatch.notifier.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be connected to. A webhook's URL is often somebody else's word; without this it could reach what only
 * this machine, or its network, may reach.
 */
public enum AddressRule {
    /** Only what is routed on the internet. */
    PUBLIC,
    /** Every address. */
    ANY;

    /** IANA's special-purpose registries (RFC 6890 and those after it), as far as {@link InetAddress} does not tell by itself. */
    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0", 8, "this network"),
            Block.of("100.64.0.0", 10, "shared by a carrier's customers"),
            Block.of("192.0.0.0", 24, "reserved for protocols"),
            Block.of("192.0.2.0", 24, "for documentation"),
            Block.of("192.88.99.0", 24, "a relay"),
            Block.of("198.18.0.0", 15, "for benchmarks"),
            Block.of("198.51.100.0", 24, "for documentation"),
            Block.of("203.0.113.0", 24, "for documentation"),
            Block.of("240.0.0.0", 4, "reserved"),
            Block.of("::", 96, "an IPv4 address in disguise"),
            Block.of("64:ff9b::", 96, "an IPv4 address in disguise"),
            Block.of("64:ff9b:1::", 48, "an IPv4 address in disguise"),
            Block.of("100::", 64, "discarded"),
            Block.of("2001::", 23, "reserved for protocols"),
            Block.of("2001:db8::", 32, "for documentation"),
            Block.of("2002::", 16, "an IPv4 address in disguise"),
            Block.of("3fff::", 20, "for documentation"),
            Block.of("5f00::", 16, "for segment routing"),
            Block.of("fc00::", 7, "private"));

    /** Why it may not be connected to, in a word; empty if it may. */
    public Optional<String> refusal(InetAddress address) {
        return switch (this) {
            case ANY -> Optional.empty();
            case PUBLIC -> notPublic(address);
        };
    }

    private static Optional<String> notPublic(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return Optional.of("loopback");
        } else if (address.isAnyLocalAddress()) {
            return Optional.of("this machine");
        } else if (address.isLinkLocalAddress()) {
            return Optional.of("link-local");
        } else if (address.isSiteLocalAddress()) {
            return Optional.of("private");
        } else if (address.isMulticastAddress()) {
            return Optional.of("multicast");
        }
        return SPECIAL.stream()
                .filter(block -> block.holds(address.getAddress()))
                .map(Block::what)
                .findFirst();
    }

    private record Block(List<Byte> prefix, int bits, String what) {

        static Block of(String address, int bits, String what) {
            try {
                InetAddress parsed = InetAddress.getByName(address);
                Byte[] bytes = new Byte[parsed.getAddress().length];
                Arrays.setAll(bytes, i -> parsed.getAddress()[i]);
                return new Block(List.of(bytes), bits, what);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(address + " is no address: correct it", e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ prefix.get(bit / Byte.SIZE)) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether a URL's host is an address already, and which; names are looked at when they are connected to. */
    public static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean looksLikeOne = bare.contains(":") || bare.matches("[0-9.]+");
        try {
            return looksLikeOne ? Optional.of(InetAddress.getByName(bare)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
