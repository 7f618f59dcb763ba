package io.tillwatch.responder.api;

import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may sign in. A token is known by its SHA-256 alone: it is 256 random bits (see {@link NewToken}), so a slow hash would
 * add nothing, and whoever reads the configuration cannot sign in with it.
 */
public final class Tokens {

    /**
     * One token.
     *
     * @param person whose it is
     * @param sha256 of its UTF-8 bytes, 32 bytes
     */
    public record Token(Person person, Digest sha256) {}

    /** 32 bytes that are compared in a time that does not depend on them. */
    public static final class Digest {
        private final byte[] bytes;

        Digest(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        boolean sameAs(byte[] other) {
            return MessageDigest.isEqual(bytes, other);
        }
    }

    private final List<Token> tokens;

    public Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** Whose token it is. Every known one is compared, wherever the right one stands. */
    public Optional<Person> personOf(String token) {
        byte[] presented = sha256(token);
        Person found = null;
        for (Token known : tokens) {
            if (known.sha256().sameAs(presented)) {
                found = known.person();
            }
        }
        return Optional.ofNullable(found);
    }

    /** The names of all persons with a role that covers the given one. */
    public Set<String> names(Role covering) {
        Set<String> names = new TreeSet<>();
        for (Token token : tokens) {
            if (token.person().may(covering)) {
                names.add(token.person().name());
            }
        }
        return names;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
