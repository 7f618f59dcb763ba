package io.tillwatch.console.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.console.config.ConsoleSettings;
import io.tillwatch.console.given.Await;
import io.tillwatch.console.given.Parts;
import io.tillwatch.console.given.Records;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.topic.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables against real topics: whatever the order, and however often reading begins again. */
@ExtendWith(Parts.class)
class ProjectionIT {

    private static final List<String> TABLES = List.of(
            "alert",
            "alert_change",
            "alert_minute",
            "command",
            "outcome",
            "feed_record",
            "feed_acquirer",
            "dead_letter",
            "policy_change");

    private Parts.Given given;
    private String prefix;
    private Database database;
    private Projection projection;

    @BeforeEach
    void tables(Parts.Given parts) {
        given = parts;
        prefix = given.newTopics();
        database = Database.open(new ConsoleSettings.Database(given.newDatabase(), null, null, 6));
        projection = new Projection(database.jdbi());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TopicFollower follower() {
        TopicFollower follower = new TopicFollower(
                new ConsoleSettings.Kafka(Map.of("bootstrap.servers", given.bootstrapServers()), prefix),
                new ConsoleSettings.Projection(Duration.ofDays(7), Duration.ofDays(120)),
                projection,
                Clock.systemUTC(),
                () -> {});
        follower.start();
        return follower;
    }

    private long number(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private String text(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    /** All of every table, without how far was read. */
    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        TABLES.forEach(table -> contents.put(
                table, text("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM " + table + " t")));
        return contents;
    }

    /** The end of each partition is behind whatever was written before. */
    private void awaitRead(TopicFollower follower) {
        String marker = "marker-" + System.nanoTime();
        for (int i = 0; i < 8; i++) {
            given.write(prefix, Records.alert(marker + i, 1).setAmount(null).build());
            given.write(prefix, Records.authorization(marker + i, marker + i).build());
            given.write(prefix, Records.command(marker + i, 1).build());
            given.write(prefix, Records.outcome(marker + i, OutcomeResult.DONE).build());
        }
        given.flush();
        for (String table : List.of("alert", "feed_record", "command", "outcome")) {
            Await.until(
                    "all of " + table + " (" + follower.problem() + ")",
                    () -> number("SELECT count(*) FROM " + table + " WHERE payment_id LIKE '" + marker + "%'") == 8);
        }
    }

    @Test
    void keepsTheNewestOfEachWhateverComesLateOrAgain() {
        for (int revision : new int[] {2, 1, 3, 2, 3}) {
            given.write(
                    prefix,
                    Records.alert("p-1", revision)
                            .setStatus(revision == 3 ? AlertStatus.CLEARED : AlertStatus.RAISED)
                            .setAmount(revision * 100L)
                            .build());
        }
        given.write(
                prefix,
                Records.command("p-1", 300)
                        .setIssue(2)
                        .setStatus(CommandStatus.WITHDRAWN)
                        .build());
        given.write(prefix, Records.command("p-1", 300).build());
        given.write(prefix, Records.outcome("p-1", OutcomeResult.NOT_NEEDED).build());
        given.write(prefix, Records.outcome("p-1", OutcomeResult.FAILED).build());
        given.write(prefix, Records.authorization("p-1", "e-1").build());
        given.write(prefix, Records.authorization("p-1", "e-1").setAmount(1).build());
        given.flush();
        try (TopicFollower follower = follower()) {
            awaitRead(follower);
        }

        assertThat(text("SELECT revision || status || amount FROM alert WHERE payment_id = 'p-1'"))
                .isEqualTo("3CLEARED300");
        assertThat(number("SELECT count(*) FROM alert_change WHERE alert_id LIKE 'p-1:%'"))
                .isEqualTo(3);
        assertThat(number("SELECT sum(raised) FROM alert_minute")).isEqualTo(1 + 8);
        assertThat(text("SELECT issue || status FROM command WHERE payment_id = 'p-1'"))
                .isEqualTo("2WITHDRAWN");
        assertThat(text("SELECT result FROM outcome WHERE payment_id = 'p-1'")).isEqualTo("NOT_NEEDED");
        assertThat(text("SELECT string_agg(amount::text, ',') FROM feed_record WHERE payment_id = 'p-1'"))
                .isEqualTo("12500");
    }

    @Test
    void countsEachRecordOnceThoughReadersComeAndGoAndRunBesideEachOther() throws Exception {
        long seed = Long.getLong("tillwatch.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int payments = 1_000;
        for (int i = 0; i < payments; i++) {
            given.write(prefix, Records.alert("p-" + i, 1).build());
            given.write(prefix, Records.authorization("p-" + i, "e-" + i).build());
        }
        given.flush();
        for (int i = 0; i < 2; i++) {
            long enough = random.nextInt(payments);
            try (TopicFollower one = follower();
                    TopicFollower other = follower()) {
                Await.until(
                        "some are read, seed " + seed + one.problem() + other.problem(),
                        () -> number("SELECT count(*) FROM alert") >= enough);
            }
        }
        try (TopicFollower follower = follower()) {
            awaitRead(follower);
        }

        assertThat(number("SELECT count(*) FROM alert")).as("seed " + seed).isEqualTo(payments + 8);
        assertThat(number("SELECT sum(raised) FROM alert_minute"))
                .as("seed " + seed)
                .isEqualTo(payments + 8);
        assertThat(number("SELECT sum(records) FROM feed_acquirer"))
                .as("seed " + seed)
                .isEqualTo(payments + 8);
    }

    @Test
    void isTheSameAgainWhenItIsMadeAnewWhileSomebodyReads() {
        for (int i = 0; i < 500; i++) {
            given.write(prefix, Records.alert("p-" + i, 1).build());
            given.write(prefix, Records.authorization("p-" + i, "e-" + i).build());
            given.write(prefix, Records.command("p-" + i, 100).build());
        }
        given.send(prefix, Topic.DEAD_LETTERS, "p-1", null);
        given.flush();
        try (TopicFollower follower = follower()) {
            awaitRead(follower);
            Map<String, String> before = contents();

            projection.beginAnew();

            Await.until("the tables are full again", () -> contents().equals(before));
        }
    }

    @Test
    void goesOnPastWhatItCannotReadAndKeepsNoCardToken() {
        given.send(prefix, Topic.ALERTS, "x", new byte[] {1, 2, 3});
        given.send(prefix, Topic.CAPTURES, "x", new byte[0]);
        given.send(prefix, Topic.AUTHORIZATIONS, "pulse", null);
        given.write(prefix, Records.authorization("p-1", "e-1").build());
        given.write(prefix, Records.command("p-1", 100).build());
        given.flush();
        try (TopicFollower follower = follower()) {
            awaitRead(follower);
            Await.until("the capture is passed over", () -> number("SELECT sum(unreadable) FROM position") == 2);
            assertThat(follower.problem()).isNull();
        }

        assertThat(contents().values()).noneMatch(all -> all.contains(Records.CARD_TOKEN));
        assertThat(contents().get("feed_record")).contains("e-1");
    }

    @Test
    void saysHowFarItIsAndThatTheDatabaseDoesNotAnswer() {
        given.send(prefix, Topic.ALERTS, "x", new byte[] {1, 2, 3});
        given.write(prefix, Records.alert("p-1", 1).build());
        given.flush();
        try (TopicFollower follower = follower()) {
            Reach reach = follower.reach();
            awaitRead(follower);
            Await.until("both are counted", () -> reach.read(Topic.ALERTS) >= 2 + 8);
            Await.until(
                    "it is at the end",
                    () -> reach.behindRecords(Topic.ALERTS) == 0 && reach.behindSeconds(Topic.ALERTS) < 10);
            assertThat(reach.unreadable(Topic.ALERTS)).isEqualTo(1);
            assertThat(reach.unreadable(Topic.CAPTURES)).isZero();
            assertThat(reach.databaseAnswers()).isTrue();

            database.close();
            given.write(prefix, Records.alert("p-2", 1).build());
            given.flush();

            Await.until("the database is missed", () -> !reach.databaseAnswers());
            double age = reach.behindSeconds(Topic.ALERTS);
            Await.until("what is known grows old", () -> reach.behindSeconds(Topic.ALERTS) > age);
            assertThat(reach.read(Topic.ALERTS)).isEqualTo(2 + 8);
        }
    }
}
