package io.tillwatch.console.config;

import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.serving.config.KafkaPart;
import io.tillwatch.serving.config.Part;
import io.tillwatch.serving.oidc.IssuerSettings;
import io.tillwatch.serving.tls.AuthorityFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the console is told.
 *
 * @param responder where decisions are made
 */
public record ConsoleSettings(Kafka kafka, Database database, Projection projection, Web web, Responder responder) {

    private static final int PORT_MAX = 65_535;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String OIDC_SECRET = "TILLWATCH_CONSOLE_OIDC_SECRET";

    /**
     * Where the topics are.
     *
     * @param client settings of every Kafka client, {@code bootstrap.servers} included
     */
    public record Kafka(Map<String, String> client, String topicPrefix) {
        public Kafka {
            client = Map.copyOf(client);
        }

        public String topic(Topic topic) {
            return topic.name(topicPrefix);
        }

        /** By name only: the values may hold passwords. */
        @Override
        public String toString() {
            return "Kafka[client=" + client.keySet() + ", topicPrefix=" + topicPrefix + "]";
        }
    }

    /**
     * Where the projection is kept, in a schema of its own.
     *
     * @param userOrNull null if the url says who
     * @param passwordOrNull null if none is asked for
     */
    public record Database(String url, String userOrNull, String passwordOrNull, int connectionsMax) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Database[url=" + url.replaceAll("(?i)(password=)[^&]*", "$1…") + ", user=" + userOrNull + "]";
        }
    }

    /**
     * How long what was read is kept.
     *
     * @param recordsKeptFor records of the feeds, commands and outcomes, from their arrival on
     * @param alertsKeptFor alerts that were cleared, from their last change on
     */
    public record Projection(Duration recordsKeptFor, Duration alertsKeptFor) {}

    /**
     * How people reach it.
     *
     * @param port 0 for any free one
     * @param behindTls whether browsers reach it by https: through {@code tls}, or a proxy that says so
     * @param sessionIdleMax how long a session lasts without a request
     * @param metricsTokens the SHA-256, in hexadecimal digits, of tokens with which a machine may read the metrics
     * @param oidc where people may sign in instead; empty for nowhere else
     */
    public record Web(
            String host,
            int port,
            Optional<Tls> tls,
            boolean behindTls,
            Duration sessionIdleMax,
            List<Account> accounts,
            List<String> metricsTokens,
            Optional<Oidc> oidc) {
        public Web {
            accounts = List.copyOf(accounts);
            metricsTokens = List.copyOf(metricsTokens);
        }
    }

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
     * A person who signs in with a password instead of a token.
     *
     * @param sealed the person's token, encrypted under the password: see {@code console account}
     */
    public record Account(String person, String sealed) {}

    /**
     * An OpenID provider at which people sign in.
     *
     * @param name what it is called on the button
     * @param client what this console is called there
     * @param redirect where the provider sends people back to, to the letter
     * @param scopes what is asked for, {@code openid} included
     */
    public record Oidc(
            IssuerSettings issuer, String name, String client, String secret, URI redirect, List<String> scopes) {

        /** The path of {@link #redirect}. */
        public static final String REDIRECT_PATH = "/sign-in/oidc/callback";

        public Oidc {
            scopes = List.copyOf(scopes);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Oidc[issuer=" + issuer + ", client=" + client + ", redirect=" + redirect + ", scopes=" + scopes
                    + "]";
        }
    }

    /**
     * The responder's API.
     *
     * @param authorities whose certificates are believed of it; empty for those that this Java platform knows
     */
    public record Responder(URI url, Duration answerWithin, Optional<KeyStore> authorities) {}

    /** The settings, or all that is wrong with them. */
    public sealed interface Result {
        record Good(ConsoleSettings settings) implements Result {}

        record Bad(List<String> problems) implements Result {}
    }

    /**
     * Reads a file, YAML or JSON, with the environment over it: {@code TILLWATCH_BOOTSTRAP}, {@code TILLWATCH_TOPIC_PREFIX},
     * {@code TILLWATCH_DATABASE_URL}, {@code TILLWATCH_DATABASE_USER}, {@code TILLWATCH_DATABASE_PASSWORD} and
     * {@code TILLWATCH_CONSOLE_OIDC_SECRET}.
     */
    public static Result read(Path file, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        return Part.ofFile(file, problems)
                .map(all -> of(all, environment, problems))
                .orElseGet(() -> new Result.Bad(List.copyOf(problems)));
    }

    private static Result of(Part all, Map<String, String> environment, List<String> problems) {
        Kafka kafka = kafka(all.part("kafka"), environment);
        Database database = database(all.part("database"), environment);
        Projection projection = projection(all.part("projection"));
        Web web = web(all.part("web"), environment);
        Responder responder = responder(all.part("responder"));
        all.nothingElse();
        return problems.isEmpty()
                ? new Result.Good(new ConsoleSettings(kafka, database, projection, web, responder))
                : new Result.Bad(List.copyOf(problems));
    }

    private static Kafka kafka(Part part, Map<String, String> environment) {
        KafkaPart place = KafkaPart.read(part, environment);
        part.nothingElse();
        return new Kafka(place.client(), place.topicPrefix());
    }

    private static Database database(Part part, Map<String, String> environment) {
        String example = "jdbc:postgresql://host:5432/tillwatch";
        String url =
                part.over(environment, "TILLWATCH_DATABASE_URL", "url").orElseGet(() -> part.required("url", example));
        if (!url.startsWith("jdbc:postgresql:")) {
            part.problem("url", "is no URL of a PostgreSQL database, such as " + example);
        }
        String user = part.over(environment, "TILLWATCH_DATABASE_USER", "user").orElse(null);
        String password = part.secret(environment, "TILLWATCH_DATABASE_PASSWORD", "passwordFile")
                .orElse(null);
        int connections = part.number("connectionsMax", 10, 3, 1_000);
        part.nothingElse();
        return new Database(url, user, password, connections);
    }

    private static Projection projection(Part part) {
        Duration hour = Duration.ofHours(1);
        Duration records = part.duration("recordsKeptFor", Duration.ofDays(7), hour, Duration.ofDays(3_650));
        Duration alerts = part.duration("alertsKeptFor", Duration.ofDays(120), hour, Duration.ofDays(3_650));
        part.nothingElse();
        return new Projection(records, alerts);
    }

    private static Web web(Part part, Map<String, String> environment) {
        String host = part.optional("host").orElse("127.0.0.1");
        int port = part.number("port", 8490, 0, PORT_MAX);
        boolean tlsWanted = part.isThere("tls");
        Optional<Tls> tls = tlsWanted ? tls(part.part("tls"), environment) : Optional.empty();
        String scheme = part.optional("publicScheme").orElse(tlsWanted ? "https" : "http");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            part.problem("publicScheme", "is neither http nor https");
        }
        refuseToBeOpen(part, host, tlsWanted);
        Duration idle =
                part.duration("sessionIdleMax", Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofHours(24));
        List<Account> accounts = new ArrayList<>();
        for (Part one : part.parts("accounts")) {
            accounts.add(
                    new Account(one.required("person", "ana"), one.required("sealed", "from \"console account\"")));
            one.nothingElse();
        }
        Optional<Oidc> oidc =
                part.isThere("oidc") ? Optional.of(oidc(part.part("oidc"), environment, scheme)) : Optional.empty();
        List<String> metricsTokens = metricsTokens(part);
        part.nothingElse();
        return new Web(host, port, tls, scheme.equals("https"), idle, accounts, metricsTokens, oidc);
    }

    private static List<String> metricsTokens(Part part) {
        List<String> hashes = part.list("metricsTokens");
        if (!hashes.stream().allMatch(hash -> SHA256.matcher(hash).matches())) {
            // Without what was given: it may be the token itself.
            part.problem(
                    "metricsTokens",
                    "holds what is no SHA-256 in 64 hexadecimal digits: give the hashes that the responder's"
                            + " \"token\" prints, not the tokens");
        }
        return hashes.stream().map(hash -> hash.toLowerCase(Locale.ROOT)).toList();
    }

    private static Oidc oidc(Part part, Map<String, String> environment, String scheme) {
        IssuerSettings issuer = IssuerSettings.read(part);
        String name = part.optional("name")
                .orElseGet(() -> URI.create(issuer.issuer()).getHost());
        String client = part.required("client", "tillwatch-console");
        Optional<String> secret = part.secret(environment, OIDC_SECRET, "secretFile");
        if (secret.isEmpty() && !part.isThere("secretFile")) {
            part.problem("secretFile", "is missing: give a file with the client's secret, or set " + OIDC_SECRET);
        }
        URI redirect = part.safeUrl("redirect", scheme + "://localhost" + Oidc.REDIRECT_PATH);
        if (!Oidc.REDIRECT_PATH.equals(redirect.getRawPath()) || redirect.getRawQuery() != null) {
            part.problem(
                    "redirect",
                    "leads to " + redirect.getRawPath() + ": give this console's address with " + Oidc.REDIRECT_PATH
                            + ", as it is registered at the issuer");
        } else if (!scheme.equalsIgnoreCase(redirect.getScheme())) {
            part.problem(
                    "redirect",
                    "is " + redirect.getScheme() + ", and browsers reach this console by " + scheme
                            + ": give the address that they know, or mend web.publicScheme");
        }
        List<String> scopes = new ArrayList<>(part.list("scopes"));
        if (!scopes.contains("openid")) {
            scopes.add(0, "openid");
        }
        part.nothingElse();
        return new Oidc(issuer, name, client, secret.orElse(""), redirect, scopes);
    }

    private static void refuseToBeOpen(Part part, String host, boolean tls) {
        try {
            if (!tls && !InetAddress.getByName(host).isLoopbackAddress()) {
                part.problem(
                        "tls",
                        "is missing, and " + host
                                + " can be reached from other machines: give a keystore, or set web.host"
                                + " to 127.0.0.1 and put a proxy with TLS before it");
            }
        } catch (UnknownHostException e) {
            part.problem("host", host + " is no address of this machine: give one, such as 127.0.0.1");
        }
    }

    private static Optional<Tls> tls(Part part, Map<String, String> environment) {
        String variable = part.optional("passwordVariable").orElse("TILLWATCH_CONSOLE_KEYSTORE_PASSWORD");
        String password = environment.getOrDefault(variable, "");
        if (password.isEmpty()) {
            part.problem(
                    "passwordVariable", "the environment has no " + variable + ": set it to the keystore's password");
        }
        String keystore = part.required("keystore", "/etc/tillwatch/console.p12");
        part.nothingElse();
        try {
            if (Files.isReadable(Path.of(keystore))) {
                return Optional.of(new Tls(Path.of(keystore), password));
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        part.problem(
                "keystore", "there is no such file that can be read: give a PKCS#12 file with the certificate and key");
        return Optional.empty();
    }

    private static Responder responder(Part part) {
        String example = "https://responder:8480";
        String text = part.required("url", example);
        Duration within =
                part.duration("answerWithin", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(2));
        Optional<KeyStore> authorities = part.optional("caFile").flatMap(file -> authorities(part, file));
        part.nothingElse();
        try {
            URI uri = new URI(text);
            boolean https = "https".equals(uri.getScheme());
            boolean http = "http".equals(uri.getScheme());
            if ((https || http) && uri.getHost() != null) {
                if (http && !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                    part.problem("url", "is http, and tokens would cross the network in the clear: give an https one");
                }
                return new Responder(uri, within, authorities);
            }
        } catch (URISyntaxException | UnknownHostException e) {
            // Said below.
        }
        part.problem("url", "is no http or https URL of a host that is known, such as " + example);
        return new Responder(URI.create(example), within, authorities);
    }

    private static Optional<KeyStore> authorities(Part part, String file) {
        try {
            return Optional.of(AuthorityFile.read(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            part.problem(
                    "caFile", "holds no certificate in PEM that can be read: give the file with the authority's own");
            return Optional.empty();
        }
    }
}
