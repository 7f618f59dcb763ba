package io.tillwatch.responder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillwatch.postgres.PostgresServer;
import io.tillwatch.postgres.PostgresSettings;
import io.tillwatch.responder.api.ApiServer;
import io.tillwatch.responder.api.ApiSettings;
import io.tillwatch.responder.api.DatabaseCheck;
import io.tillwatch.responder.api.NewToken;
import io.tillwatch.responder.api.Services;
import io.tillwatch.responder.journal.Approvals;
import io.tillwatch.responder.journal.CommandJournal;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.DatabaseSettings;
import io.tillwatch.responder.journal.JournalSettings;
import io.tillwatch.responder.journal.Received;
import io.tillwatch.responder.people.AlertViews;
import io.tillwatch.responder.people.AuditTrail;
import io.tillwatch.responder.people.Budgets;
import io.tillwatch.responder.people.CaseKeeper;
import io.tillwatch.responder.people.Cases;
import io.tillwatch.responder.people.Commands;
import io.tillwatch.responder.people.Decisions;
import io.tillwatch.responder.people.JournalMetrics;
import io.tillwatch.responder.people.PeopleSettings;
import io.tillwatch.responder.people.Person;
import io.tillwatch.responder.people.Ref;
import io.tillwatch.responder.people.Role;
import io.tillwatch.responder.people.Switches;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.signature.CommandSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * The people's side with a real PostgreSQL, a real journal and a real HTTP server. Two can approve (ana, bea); vera views, otto
 * operates, ada is the admin.
 */
public final class PeopleParts implements AutoCloseable {

    public static final Person ANA = new Person("ana", Set.of(Role.APPROVER));
    public static final Person BEA = new Person("bea", Set.of(Role.APPROVER));
    public static final Person OTTO = new Person("otto", Set.of(Role.OPERATOR));
    public static final Person ADA = new Person("ada", Set.of(Role.ADMIN));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final Database database;
    public final Jdbi jdbi;
    public final CommandJournal journal;
    public final Decisions decisions;
    public final AlertViews alerts;
    public final CaseKeeper keeper;
    public final Cases cases;
    public final ApiServer server;
    public final Services services;

    private final PostgresServer postgres;
    private final CommandReceipt receipt;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, NewToken> made = new LinkedHashMap<>();
    private final AtomicInteger payments = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();

    public PeopleParts(Path directory) {
        this(directory, Map.of());
    }

    /** @param api what its configuration says beside the tokens */
    public PeopleParts(Path directory, Map<String, Object> api) {
        postgres = new PostgresServer(PostgresSettings.in(directory));
        postgres.start();
        database = Database.open(DatabaseSettings.of(postgres.jdbcUrl()));
        jdbi = database.jdbi();
        journal = new CommandJournal(database, JournalSettings.of("one"), command -> false);
        receipt = new CommandReceipt(database, journal);
        PeopleSettings settings = PeopleSettings.defaults();
        decisions = new Decisions(jdbi, new Approvals(journal), journal::approvalsNeeded);
        alerts = new AlertViews(jdbi);
        keeper = new CaseKeeper(jdbi, alerts, settings);
        Commands commands = new Commands(jdbi, journal::approvalsNeeded);
        ApiSettings read = api(api);
        cases = new Cases(jdbi, settings.ladder(), commands, read.assignable());
        JournalMetrics metrics =
                new JournalMetrics(jdbi, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.systemUTC());
        services = new Services(
                commands,
                decisions,
                alerts,
                cases,
                new Switches(jdbi),
                new Budgets(jdbi),
                new AuditTrail(jdbi),
                List.of(new DatabaseCheck(database.dataSource())),
                metrics);
        server = new ApiServer(read, services, Clock.systemUTC());
        server.start();
    }

    private ApiSettings api(Map<String, Object> more) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (String[] person : new String[][] {
            {"vera", "VIEWER"}, {"otto", "OPERATOR"}, {"ana", "APPROVER"}, {"bea", "APPROVER"}, {"ada", "ADMIN"}
        }) {
            NewToken token = made.computeIfAbsent(person[0], name -> NewToken.make(new SecureRandom()));
            tokens.put(person[0], token.token());
            list.add(Map.of("person", person[0], "roles", List.of(person[1]), "sha256", token.sha256()));
        }
        Map<String, Object> api = new LinkedHashMap<>(more);
        api.put("port", 0);
        api.put("tokens", list);
        List<String> problems = new ArrayList<>();
        ApiSettings settings = ApiSettings.of(JSON.valueToTree(api), Map.of(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return settings;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** A payment that no other test has. */
    public String payment() {
        return "p-" + payments.incrementAndGet();
    }

    public Command receive(Command command) {
        receipt.receive(List.of(Received.of(command, CommandSignature.Check.VALID)));
        return command;
    }

    public static byte[] hash(Command command) {
        return CommandSignature.contentHash(command);
    }

    public String token(String person) {
        return tokens.get(person);
    }

    public static String path(Command command, String verb) {
        return "/api/v1/commands/" + Ref.of(command.getCommandId()) + verb;
    }

    /** An answer and its body as JSON; a missing node if it is none. */
    public record Said(int status, JsonNode json, String text, HttpResponse<String> response) {
        public String code() {
            return json.path("code").asText();
        }
    }

    /** Another instance, with the same people and journal. */
    public final class Beside implements AutoCloseable {
        private final ApiServer other;

        private Beside(ApiServer other) {
            this.other = other;
            other.start();
        }

        public Said get(String person, String path) {
            return send(other, person, HttpRequest.newBuilder().GET(), path);
        }

        @Override
        public void close() {
            other.close();
        }
    }

    /** @param api what its configuration says beside the tokens */
    public Beside beside(Map<String, Object> api) {
        return new Beside(new ApiServer(api(api), services, Clock.systemUTC()));
    }

    public Said get(String person, String path) {
        return send(person, HttpRequest.newBuilder().GET(), path);
    }

    public Said post(String person, String path, Object body) {
        return send(
                person,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json(body))),
                path);
    }

    public Said put(String person, String path, Object body) {
        return send(
                person,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json(body))),
                path);
    }

    /** @param personOrNull whose token goes with it */
    public Said send(String personOrNull, HttpRequest.Builder request, String path) {
        return send(server, personOrNull, request, path);
    }

    private Said send(ApiServer asked, String personOrNull, HttpRequest.Builder request, String path) {
        if (personOrNull != null) {
            request.header("Authorization", "Bearer " + tokens.getOrDefault(personOrNull, personOrNull));
        }
        try {
            HttpResponse<String> response = client.send(
                    request.uri(URI.create(asked.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json = type.contains("json")
                    ? JSON.readTree(response.body())
                    : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
            return new Said(response.statusCode(), json, response.body(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String json(Object body) {
        try {
            return body instanceof String text ? text : JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        database.close();
        postgres.close();
    }
}
