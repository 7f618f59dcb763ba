package io.tillwatch.responder.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.responder.oidc.OidcSettings;
import io.tillwatch.responder.oidc.Subjects;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Role;
import io.tillwatch.serving.config.Part;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the API is served. Without tokens, of its own or of an issuer, nobody can sign in; there is no mode in which that is not
 * needed.
 *
 * @param host the address that is listened at
 * @param port 0 for any free one
 * @param tls empty only on a loopback address
 * @param oidc whose access tokens are taken too; empty for nobody's
 * @param requestBytesMax larger bodies are refused
 * @param failedSignInsPerMinute of one address, before it is told to wait
 */
public record ApiSettings(
        String host,
        int port,
        Optional<Tls> tls,
        Tokens tokens,
        Optional<OidcSettings> oidc,
        int requestBytesMax,
        int failedSignInsPerMinute) {

    public static final int DEFAULT_PORT = 8480;
    public static final String DEFAULT_HOST = "127.0.0.1";

    private static final int DEFAULT_REQUEST_BYTES_MAX = 64 * 1024;
    private static final int DEFAULT_FAILED_SIGN_INS = 10;
    private static final int SHA256_DIGITS = 64;
    private static final Set<String> FIELDS =
            Set.of("host", "port", "tls", "tokens", "oidc", "requestBytesMax", "failedSignInsPerMinute");
    private static final Set<String> TLS_FIELDS = Set.of("keystore", "passwordVariable");
    private static final Set<String> TOKEN_FIELDS = Set.of("person", "roles", "sha256");

    /**
     * The certificate and its key.
     *
     * @param keystore a PKCS#12 file
     */
    public record Tls(Path keystore, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Tls[keystore=" + keystore + "]";
        }
    }

    /**
     * Reads the part {@code api} of the configuration.
     *
     * @param api may be a missing node: then nothing but health is answered, on the loopback address
     * @param environment where the keystore's password is
     * @param problems gets all that is wrong, each with its remedy; the result is of use only if nothing is
     */
    public static ApiSettings of(JsonNode api, Map<String, String> environment, List<String> problems) {
        unknown("api", api, FIELDS, problems);
        String host = text("api.host", api.path("host"), DEFAULT_HOST, problems);
        Optional<Tls> tls = tls(api.path("tls"), environment, problems);
        Tokens tokens = tokens(api.path("tokens"), problems);
        Optional<OidcSettings> oidc = absent(api.path("oidc"))
                ? Optional.empty()
                : Optional.of(OidcSettings.read(new Part("api.oidc", api.path("oidc"), problems)));
        oidc.ifPresent(settings -> refuseTwoNames(settings, tokens, problems));
        boolean nobody = tokens.isEmpty() && oidc.isEmpty();
        refuseToBeOpen(host, tls.isPresent() || !absent(api.path("tls")), nobody, problems);
        return new ApiSettings(
                host,
                number("api.port", api.path("port"), 0, 65_535, DEFAULT_PORT, problems),
                tls,
                tokens,
                oidc,
                number(
                        "api.requestBytesMax",
                        api.path("requestBytesMax"),
                        1024,
                        1024 * 1024,
                        DEFAULT_REQUEST_BYTES_MAX,
                        problems),
                number(
                        "api.failedSignInsPerMinute",
                        api.path("failedSignInsPerMinute"),
                        1,
                        1000,
                        DEFAULT_FAILED_SIGN_INS,
                        problems));
    }

    /** The names of all whom the configuration names and who may look after a case. */
    public Set<String> assignable() {
        Set<String> names = new TreeSet<>(tokens.names(Role.OPERATOR));
        oidc.ifPresent(settings -> names.addAll(settings.people().names()));
        return names;
    }

    /** Whoever approves with a token and, under another name, with the issuer's, would be two pairs of eyes. */
    private static void refuseTwoNames(OidcSettings oidc, Tokens tokens, List<String> problems) {
        for (String person : oidc.people().without(tokens.names(Role.APPROVER))) {
            problems.add(
                    "api.oidc.people: has no subject of " + person + ", who approves with a token, and could approve"
                            + " a second time as another; give the \"sub\" of the issuer's tokens of " + person
                            + ", or take the role from the token");
        }
    }

    private static void refuseToBeOpen(String host, boolean tls, boolean nobody, List<String> problems) {
        boolean loopback;
        try {
            loopback = InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            problems.add("api.host: " + host + " is no address of this machine; give one, such as " + DEFAULT_HOST);
            return;
        }
        if (loopback) {
            return;
        }
        if (!tls) {
            problems.add(
                    "api.tls: is missing, and " + host + " can be reached from other machines; give a keystore, or set"
                            + " api.host to " + DEFAULT_HOST + " and put a proxy with TLS before it");
        }
        if (nobody) {
            problems.add(
                    "api.tokens: there are none, and " + host + " can be reached from other machines; make one with"
                            + " \"token\", or set api.host to " + DEFAULT_HOST);
        }
    }

    private static Optional<Tls> tls(JsonNode tls, Map<String, String> environment, List<String> problems) {
        if (absent(tls)) {
            return Optional.empty();
        }
        unknown("api.tls", tls, TLS_FIELDS, problems);
        String keystore = text("api.tls.keystore", tls.path("keystore"), "", problems);
        String variable = text(
                "api.tls.passwordVariable", tls.path("passwordVariable"), "TILLWATCH_API_KEYSTORE_PASSWORD", problems);
        String password = environment.get(variable);
        if (password == null || password.isEmpty()) {
            problems.add("api.tls.passwordVariable: the environment has no " + variable
                    + "; set it to the keystore's password");
        }
        try {
            Path path = Path.of(keystore);
            if (keystore.isEmpty() || !Files.isReadable(path)) {
                problems.add("api.tls.keystore: there is no file \"" + keystore
                        + "\" that can be read; give a PKCS#12 file with the certificate and its key");
            } else if (password != null && !password.isEmpty()) {
                return Optional.of(new Tls(path, password));
            }
        } catch (InvalidPathException e) {
            problems.add("api.tls.keystore: is no path; give a PKCS#12 file with the certificate and its key");
        }
        return Optional.empty();
    }

    private static Tokens tokens(JsonNode tokens, List<String> problems) {
        List<Tokens.Token> read = new ArrayList<>();
        if (absent(tokens)) {
            return new Tokens(read);
        }
        if (!tokens.isArray()) {
            problems.add("api.tokens: is no list; give one of person, roles and sha256");
            return new Tokens(read);
        }
        Map<String, Set<Role>> rolesOf = new HashMap<>();
        Map<String, Integer> numberOf = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = "api.tokens[" + i + "]";
            unknown(name, tokens.get(i), TOKEN_FIELDS, problems);
            int before = problems.size();
            String person = person(name, tokens.get(i).path("person"), problems);
            Set<Role> roles = roles(name, tokens.get(i).path("roles"), problems);
            String digits = tokens.get(i).path("sha256").asText("").trim();
            Optional<byte[]> sha256 = sha256(name, digits, problems);
            Integer same =
                    sha256.isPresent() ? numberOf.putIfAbsent(HexFormat.of().formatHex(sha256.get()), i) : null;
            if (same != null) {
                problems.add(name + ".sha256: is that of api.tokens[" + same + "] too; give each its own token");
            }
            Set<Role> others = rolesOf.putIfAbsent(person, roles);
            if (others != null && !others.equals(roles)) {
                problems.add(name + ".roles: differ from those of another token of " + person + "; give both the same");
            }
            if (problems.size() == before && sha256.isPresent()) {
                read.add(new Tokens.Token(new Person(person, roles), new Tokens.Digest(sha256.get())));
            }
        }
        return new Tokens(read);
    }

    private static String person(String token, JsonNode node, List<String> problems) {
        String person = node.asText("").trim();
        Subjects.problemOf(person).ifPresent(problem -> problems.add(token + ".person: " + problem));
        return person;
    }

    private static Set<Role> roles(String token, JsonNode node, List<String> problems) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode one : node) {
            Optional<Role> role = Arrays.stream(Role.values())
                    .filter(known -> known.name().equalsIgnoreCase(one.asText()))
                    .findFirst();
            role.ifPresentOrElse(
                    roles::add,
                    () -> problems.add(token + ".roles: there is none called \"" + one.asText() + "\"; known are "
                            + Arrays.toString(Role.values())));
        }
        if (!node.isArray() || node.isEmpty()) {
            problems.add(token + ".roles: there are none; give a list of " + Arrays.toString(Role.values()));
        }
        return roles;
    }

    private static Optional<byte[]> sha256(String token, String digits, List<String> problems) {
        try {
            if (digits.length() == SHA256_DIGITS) {
                return Optional.of(HexFormat.of().parseHex(digits));
            }
        } catch (IllegalArgumentException e) {
            // said below, without what was given: it may be the token itself
        }
        problems.add(token + ".sha256: is not " + SHA256_DIGITS
                + " hexadecimal digits; give the hash that \"token\" prints, not the token");
        return Optional.empty();
    }

    private static void unknown(String name, JsonNode node, Set<String> known, List<String> problems) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String field = names.next();
            if (!known.contains(field)) {
                problems.add(name + "." + field + ": is not known; known are "
                        + known.stream().sorted().toList());
            }
        }
    }

    private static String text(String name, JsonNode node, String otherwise, List<String> problems) {
        if (absent(node)) {
            return otherwise;
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            problems.add(name + ": is no text; give one");
            return otherwise;
        }
        return node.textValue().trim();
    }

    private static int number(String name, JsonNode node, int min, int max, int otherwise, List<String> problems) {
        if (absent(node)) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < min || node.intValue() > max) {
            problems.add(name + ": is no whole number in " + min + ".." + max + "; the default is " + otherwise);
            return otherwise;
        }
        return node.intValue();
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
