package io.tillwatch.registry;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which registry is asked. It is told among the settings of the Kafka clients, under the names that Confluent's clients
 * give them, so that every program that can be told of a secured Kafka can be told of a secured registry.
 *
 * @param urls tried in this order; none: there is no registry
 * @param userInfoOrNull {@code user:password}
 * @param trustStoreOrNull whom to believe; null: whom the JVM believes
 * @param write whether records are written in the registry's format; both formats are read anyhow
 * @param register whether a schema that the registry does not know yet is registered by whoever writes with it
 */
public record RegistrySettings(
        List<String> urls, String userInfoOrNull, TrustStore trustStoreOrNull, boolean write, boolean register)
        implements Serializable {

    /** Begins the names of all settings. */
    public static final String PREFIX = "schema.registry.";

    public static final String URL = PREFIX + "url";

    private static final long serialVersionUID = 1;

    private static final String USER_INFO = PREFIX + "basic.auth.user.info";
    private static final String USER_INFO_FILE = USER_INFO + ".file";
    private static final String TRUST_STORE = PREFIX + "ssl.truststore.location";
    private static final String TRUST_STORE_PASSWORD = PREFIX + "ssl.truststore.password";
    private static final String TRUST_STORE_TYPE = PREFIX + "ssl.truststore.type";
    private static final String WRITE = PREFIX + "write";
    private static final String REGISTER = PREFIX + "register";
    private static final Set<String> NAMES = Set.of(
            URL, USER_INFO, USER_INFO_FILE, TRUST_STORE, TRUST_STORE_PASSWORD, TRUST_STORE_TYPE, WRITE, REGISTER);

    /**
     * A file of certificates, as Kafka's clients take one.
     *
     * @param type PKCS12, JKS or PEM
     */
    public record TrustStore(String location, String passwordOrNull, String type) implements Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            return "TrustStore[" + location + ", " + type + "]";
        }
    }

    public RegistrySettings {
        urls = List.copyOf(urls);
    }

    /**
     * What the settings of Kafka clients say of a registry.
     *
     * @param problems gets all that is wrong, each with its remedy
     */
    public static RegistrySettings of(Map<?, ?> kafka, List<String> problems) {
        Set<String> unknown = new TreeSet<>();
        kafka.keySet().stream()
                .map(String::valueOf)
                .filter(name -> name.startsWith(PREFIX) && !NAMES.contains(name))
                .forEach(unknown::add);
        unknown.forEach(
                name -> problems.add(name + ": is not known; known are " + String.join(", ", new TreeSet<>(NAMES))));
        List<String> urls = urls(text(kafka, URL), problems);
        if (urls.isEmpty() && unknown.isEmpty()) {
            kafka.keySet().stream()
                    .map(String::valueOf)
                    .filter(name -> name.startsWith(PREFIX) && !name.equals(URL))
                    .sorted()
                    .forEach(name -> problems.add(name + ": is of no use without " + URL + "; give both or neither"));
        }
        String location = text(kafka, TRUST_STORE);
        if (location != null && !Files.isReadable(Path.of(location))) {
            problems.add(TRUST_STORE + ": " + location + " cannot be read");
        }
        String type = text(kafka, TRUST_STORE_TYPE);
        return new RegistrySettings(
                urls,
                userInfo(kafka, problems),
                location == null
                        ? null
                        : new TrustStore(location, text(kafka, TRUST_STORE_PASSWORD), type == null ? "PKCS12" : type),
                truth(kafka, WRITE, problems),
                truth(kafka, REGISTER, problems));
    }

    /** Whether there is one. */
    public boolean isGiven() {
        return !urls.isEmpty();
    }

    private static List<String> urls(String text, List<String> problems) {
        List<String> urls = new ArrayList<>();
        for (String one : text == null ? new String[0] : text.split(",", -1)) {
            String url = one.strip().replaceAll("/+$", "");
            try {
                URI uri = URI.create(url);
                boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                    urls.add(url);
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
            // It is not repeated: it may hold a password.
            problems.add(URL + ": is no http or https address without a user, such as http://registry:8081 or"
                    + " http://apicurio:8080/apis/ccompat/v7; a user is given by " + USER_INFO_FILE);
        }
        return urls;
    }

    private static String userInfo(Map<?, ?> kafka, List<String> problems) {
        String given = text(kafka, USER_INFO);
        String file = text(kafka, USER_INFO_FILE);
        if (given != null && file != null) {
            problems.add(USER_INFO + " and " + USER_INFO_FILE + ": both are given; give one");
        }
        String info = given;
        if (file != null) {
            try {
                info = Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                problems.add(USER_INFO_FILE + ": " + file + " cannot be read");
            }
        }
        if (info != null && info.indexOf(':') < 1) {
            problems.add((file == null ? USER_INFO : USER_INFO_FILE) + ": is not user:password");
        }
        return info;
    }

    private static boolean truth(Map<?, ?> kafka, String name, List<String> problems) {
        String text = text(kafka, name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            problems.add(name + ": " + text + " is neither true nor false");
        }
        return text == null || text.equals("true");
    }

    private static String text(Map<?, ?> kafka, String name) {
        Object value = kafka.get(name);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", user=" + (userInfoOrNull == null ? "none" : "given")
                + ", trustStore=" + trustStoreOrNull + ", write=" + write + ", register=" + register + "]";
    }
}
