package io.tillwatch.responder.oidc;

import io.tillwatch.responder.people.Role;
import io.tillwatch.serving.config.Part;
import io.tillwatch.serving.oidc.IssuerSettings;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whose access tokens are taken, and what they allow.
 *
 * @param audience that a token must be meant for: this API, and not a client that people sign in to
 * @param rolesClaim the claim with what the issuer has a person in; a JSON pointer (RFC 6901) if it begins with a slash
 * @param roles by the values of that claim; others mean nothing
 * @param people the names, in this house, of subjects that have one
 */
public record OidcSettings(
        IssuerSettings issuer, String audience, String rolesClaim, Map<String, Set<Role>> roles, Subjects people) {

    private static final int SUBJECT_MAX = 255;

    public OidcSettings {
        roles = Map.copyOf(roles);
    }

    /** Reads the part {@code api.oidc}. */
    public static OidcSettings read(Part part) {
        IssuerSettings issuer = IssuerSettings.read(part);
        String audience = part.required("audience", "tillwatch");
        Part roles = part.part("roles");
        String claim = roles.required("claim", "groups");
        Map<String, Set<Role>> values = values(roles.part("values"));
        roles.nothingElse();
        if (values.isEmpty()) {
            roles.problem(
                    "values",
                    "there are none, and nobody would have a role: give one such as till-approvers: " + Role.APPROVER);
        }
        Subjects people = people(part.part("people"));
        part.nothingElse();
        return new OidcSettings(issuer, audience, claim, values, people);
    }

    private static Map<String, Set<Role>> values(Part part) {
        Map<String, Set<Role>> values = new LinkedHashMap<>();
        for (String value : part.names()) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            for (String name : part.list(value)) {
                roles.add(part.symbol(value, name.toUpperCase(Locale.ROOT), Role.VIEWER, Role.class));
            }
            if (roles.isEmpty()) {
                part.problem(value, "has no role: give one or a list of " + List.of(Role.values()));
            }
            values.put(value, roles);
        }
        return values;
    }

    private static Subjects people(Part part) {
        Map<String, String> personOf = new LinkedHashMap<>();
        for (String person : part.names()) {
            Subjects.problemOf(person).ifPresent(problem -> part.problem(person, problem));
            List<String> subjects = part.list(person);
            if (subjects.isEmpty()) {
                part.problem(person, "has no subject: give what stands in \"sub\" of the person's tokens, or a list");
            }
            for (String subject : subjects) {
                if (subject.length() > SUBJECT_MAX) {
                    part.problem(person, "has a subject of more than " + SUBJECT_MAX + " characters: none is longer");
                }
                String other = personOf.putIfAbsent(subject, person);
                if (other != null) {
                    part.problem(person, "has the subject of " + other + " too: a subject is one person's");
                }
            }
        }
        return new Subjects(personOf);
    }
}
