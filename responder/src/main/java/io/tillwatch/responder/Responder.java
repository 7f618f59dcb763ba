package io.tillwatch.responder;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillwatch.registry.Wire;
import io.tillwatch.responder.acquirer.Acquirer;
import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.engine.Acquirers;
import io.tillwatch.responder.engine.Chore;
import io.tillwatch.responder.engine.CommandWorker;
import io.tillwatch.responder.engine.Connection;
import io.tillwatch.responder.engine.Engine;
import io.tillwatch.responder.engine.Failpoints;
import io.tillwatch.responder.http.HttpAcquirer;
import io.tillwatch.responder.iso8583.Iso8583Acquirer;
import io.tillwatch.responder.iso8583.Iso8583Settings;
import io.tillwatch.responder.journal.CommandJournal;
import io.tillwatch.responder.journal.CommandReceipt;
import io.tillwatch.responder.journal.Database;
import io.tillwatch.responder.journal.Outbox;
import io.tillwatch.responder.kafka.Intake;
import io.tillwatch.responder.kafka.OutcomeRelay;
import io.tillwatch.responder.kafka.RefusedRecords;
import io.tillwatch.responder.people.AlertViews;
import io.tillwatch.responder.people.CaseKeeper;
import io.tillwatch.responder.profile.AdapterSettings;
import io.tillwatch.responder.profile.Profile;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance: reads commands, does them, tells what became of them. Several may run beside each other on one database and
 * one consumer group. What people decide reaches it through the journal alone, so whoever serves them needs only
 * {@link #database}, {@link #journal} and {@link #acquirers}.
 */
public final class Responder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private static final Duration RELAY_EVERY = Duration.ofMillis(100);
    private static final Duration CASES_EVERY = Duration.ofSeconds(2);

    private final ResponderSettings settings;
    private final Database database;
    private final Acquirers acquirers;
    private final CommandJournal journal;
    private final OutcomeRelay relay;
    private final Engine engine;
    private final Intake intake;

    /**
     * Connects to the database, and brings its tables up to this build. Nothing is read or sent before {@link #start}.
     *
     * @throws RuntimeException if the database cannot be reached
     */
    public Responder(ResponderSettings settings, MeterRegistry registry, Failpoints failpoints) {
        this.settings = settings;
        Meters meters = new Meters(registry);
        // Before anything is opened: without its ids nothing could be told of what is done.
        Wire wire = Wire.of(settings.kafka().client());
        Outbox.Writings writings = writings(wire, settings);
        meters.watch(wire);
        this.database = Database.open(settings.database());
        this.acquirers = new Acquirers(connections(settings.acquirers()));
        this.journal = new CommandJournal(database, settings.journal(), acquirers::waitsForPerson, writings);
        this.relay = new OutcomeRelay(settings.kafka(), database, failpoints);
        CommandWorker worker = new CommandWorker(
                journal, acquirers, settings.journal().lease(), new SecureRandom(), failpoints, meters);
        CaseKeeper cases = new CaseKeeper(database.jdbi(), new AlertViews(database.jdbi()), settings.people());
        this.engine = new Engine(
                database,
                settings.journal().instance(),
                settings.engine(),
                acquirers,
                worker,
                List.of(new Chore("relay", RELAY_EVERY, relay), new Chore("cases", CASES_EVERY, cases::sweep)));
        this.intake = new Intake(
                settings.kafka(),
                wire.reader(RecordType.COMMAND),
                settings.signingKeys(),
                new CommandReceipt(database, journal),
                new RefusedRecords(database),
                meters,
                failpoints);
    }

    public void start() {
        engine.start();
        intake.start();
        LOG.info("responder {} runs", settings.journal().instance());
    }

    public ResponderSettings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public CommandJournal journal() {
        return journal;
    }

    public Acquirers acquirers() {
        return acquirers;
    }

    /** In order: no new commands, the turns under way end, what is to be told is told, and then the connections. */
    @Override
    public void close() {
        LOG.info("responder {} stops", settings.journal().instance());
        intake.close();
        engine.close();
        try {
            relay.run();
        } catch (RuntimeException e) {
            LOG.warn("what is left in the outbox is told by the next instance: {}", e.getMessage());
        }
        relay.close();
        acquirers.close();
        database.close();
    }

    private static Outbox.Writings writings(Wire wire, ResponderSettings settings) {
        return new Outbox.Writings(
                wire.writing(RecordType.OUTCOME, settings.kafka().topic(Topic.OUTCOMES)),
                settings.journal().publishReversals()
                        ? wire.writing(RecordType.REVERSAL, settings.kafka().topic(Topic.REVERSALS))
                        : Wire.Writing.singleObject());
    }

    /** Connects each profile by its adapter. */
    static Map<String, Connection> connections(Map<String, Profile> profiles) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        profiles.forEach((acquirerId, profile) ->
                connections.put(acquirerId, Connection.of(acquirerId, profile, acquirer(profile.adapter()))));
        return connections;
    }

    private static Acquirer acquirer(AdapterSettings adapter) {
        if (adapter instanceof AdapterSettings.Http http) {
            return new HttpAcquirer(http);
        } else if (adapter instanceof AdapterSettings.Iso8583 iso
                && Iso8583Settings.of(iso) instanceof Iso8583Settings.Result.Good good) {
            return new Iso8583Acquirer(good.settings(), Clock.systemUTC());
        }
        throw new IllegalArgumentException("no adapter for " + adapter);
    }
}
