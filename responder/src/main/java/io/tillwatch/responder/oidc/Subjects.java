package io.tillwatch.responder.oidc;

import io.tillwatch.responder.people.FreeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who the issuer's subjects are here. A subject has the name that the configuration gives it, else one made of itself, with a
 * prefix that no other name may have: so no two subjects have one name unless the configuration says that they are one person,
 * and none has the name of somebody with a token unless it says that, too.
 */
public final class Subjects {

    /** In the audit a name has at most so many characters. */
    public static final int NAME_MAX = 64;

    private static final String AS_IT_IS = "oidc:";
    private static final String HASHED = "oidc#";

    private final Map<String, String> personOf;

    /** @param personOf the person's name by each of their subjects */
    public Subjects(Map<String, String> personOf) {
        this.personOf = Map.copyOf(personOf);
    }

    /** What is wrong with a name that the configuration gives to a person; empty if nothing is. */
    public static Optional<String> problemOf(String name) {
        if (name.isBlank() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has " + name.length() + " characters; give the person's name, 1 to " + NAME_MAX);
        } else if (name.equals("responder")) {
            return Optional.of("\"responder\" is the program itself in the audit; give the person's name");
        } else if (name.startsWith(AS_IT_IS) || name.startsWith(HASHED)) {
            return Optional.of("begins as the names of people without one do, with \"" + AS_IT_IS + "\" or \"" + HASHED
                    + "\"; give another name");
        }
        return Optional.empty();
    }

    /** @param subject as it stands in the token: 1 to 255 characters */
    public String nameOf(String subject) {
        String given = personOf.get(subject);
        if (given != null) {
            return given;
        }
        String name = AS_IT_IS + subject;
        boolean plain = subject.chars().allMatch(one -> one > ' ' && one < 0x7f);
        // Some issuers count their subjects in so many digits that one passes for a card number, which no audit may
        // hold.
        return plain && name.length() <= NAME_MAX && !FreeText.holdsCardNumber(name) ? name : HASHED + hash(subject);
    }

    /** Everybody whom the configuration names. */
    public Set<String> names() {
        return new TreeSet<>(personOf.values());
    }

    /** Those who are not named here. */
    public Set<String> without(Collection<String> people) {
        Set<String> missing = new TreeSet<>(people);
        missing.removeAll(personOf.values());
        return missing;
    }

    private static String hash(String subject) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
