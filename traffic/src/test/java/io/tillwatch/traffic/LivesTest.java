package io.tillwatch.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.traffic.life.Episode;
import io.tillwatch.traffic.life.Fault;
import io.tillwatch.traffic.life.Life;
import io.tillwatch.traffic.life.Mix;
import io.tillwatch.traffic.life.Scene;
import io.tillwatch.traffic.life.Scenes;
import io.tillwatch.traffic.truth.Truth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules themselves are asked about each life: what they raise is what the truth says, no more and no less. */
class LivesTest {

    private static final int RUNS = 10;
    private static final int SOUND = 120;
    private static final long LASTS = 75_000;

    @Test
    void thePoliciesCanBeTaken() {
        assertThat(Detector.problemsOfThePolicies()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void raisesWhatTheTruthSaysWhoeverAnswersTheCommands(Rehearsal.Responder responder) {
        seeds().forEach(seed -> {
            Rehearsal rehearsal = new Rehearsal(responder, seed);
            Scenes scenes = new Scenes(seed, "t" + seed, Mix.everything(1));
            List<Scene> played = new ArrayList<>();
            long at = 0;
            for (Fault fault : Fault.values()) {
                played.add(scenes.of(fault));
                rehearsal.begin(played.get(played.size() - 1), at += 50);
            }
            for (int i = 0; i < SOUND; i++) {
                played.add(scenes.sound());
                rehearsal.begin(played.get(played.size() - 1), at += 50);
            }
            rehearsal.run(LASTS);
            for (Scene scene : played) {
                for (Life life : scene.lives()) {
                    holds(rehearsal, life.truth(), responder, seed);
                }
            }
            assertThat(rehearsal.detector().scoped()).as("seed " + seed).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void raisesWhatBefallsAnAcquirerAsAWhole(Rehearsal.Responder responder) {
        seeds().forEach(seed -> {
            Rehearsal rehearsal = new Rehearsal(responder, seed);
            Scenes scenes = new Scenes(seed, "e" + seed, Mix.everything(1));
            List<Life> lives = new ArrayList<>();
            Set<String> must = new TreeSet<>();
            Set<String> clears = new TreeSet<>();
            for (Episode episode : Episode.values()) {
                Scene scene = scenes.of(episode);
                rehearsal.begin(scene, 0);
                scene.befalls().forEach(b -> {
                    must.add(b.alertId());
                    if (b.clears()) {
                        clears.add(b.alertId());
                    }
                });
                lives.addAll(scene.lives());
            }
            rehearsal.run(LASTS);
            lives.forEach(life -> holds(rehearsal, life.truth(), responder, seed));
            var scoped = rehearsal.detector().scoped();
            assertThat(scoped.keySet()).as("seed " + seed).isEqualTo(must);
            clears.forEach(id -> assertThat(last(scoped.get(id)).raised())
                    .as("seed " + seed + " " + id)
                    .isFalse());
        });
    }

    @Test
    void everyTypeOfTheCatalogueIsProvoked() {
        Set<String> provoked = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            fault.must().forEach(type -> provoked.add(type.name()));
            fault.may().forEach(type -> provoked.add(type.name()));
        }
        provoked.add("FEED_SILENT");
        provoked.add("BUDGET_EXCEEDED");
        assertThat(provoked)
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(AlertType.class).stream()
                        .map(AlertType::name)
                        .toList());
    }

    @Test
    void aRemedyThatCannotSucceedFails() {
        long seed = 3;
        Rehearsal rehearsal = new Rehearsal(Rehearsal.Responder.DILIGENT, seed);
        Scene scene = new Scenes(seed, "r", Mix.sound()).of(Fault.CAPTURED_AND_SETTLED_TWICE);
        rehearsal.begin(scene, 0);
        rehearsal.run(LASTS);
        assertThat(raised(rehearsal, scene.lives().get(0).paymentId())).contains("REMEDY_FAILED");
    }

    @Test
    void theSameSeedGivesTheSameLives() {
        List<String> one = purchases(new Scenes(7, "s", Mix.everything(0.3)));
        assertThat(purchases(new Scenes(7, "s", Mix.everything(0.3)))).isEqualTo(one);
        assertThat(purchases(new Scenes(8, "s", Mix.everything(0.3)))).isNotEqualTo(one);
    }

    @Test
    void everyFaultOccursInTime() {
        Scenes scenes = new Scenes(1, "f", Mix.everything(0.5));
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 3 * Fault.values().length; i++) {
            scenes.next().lives().forEach(life -> seen.add(life.truth().fault()));
        }
        seen.remove("");
        assertThat(seen).hasSize(Fault.values().length);
    }

    private static List<String> purchases(Scenes scenes) {
        return LongStream.range(0, 100)
                .mapToObj(i -> scenes.next().lives().stream()
                        .map(life -> life.purchase() + " " + life.truth())
                        .collect(Collectors.joining("; ")))
                .toList();
    }

    private static LongStream seeds() {
        Long given = Long.getLong("tillwatch.seed");
        return given == null ? LongStream.rangeClosed(1, RUNS) : LongStream.of(given);
    }

    private static void holds(Rehearsal rehearsal, Truth truth, Rehearsal.Responder responder, long seed) {
        String of = truth.fault() + " " + truth.paymentId() + " " + responder + " -Dtillwatch.seed=" + seed;
        Set<String> must = names(truth.must());
        Set<String> allowed = new TreeSet<>(names(truth.may()));
        allowed.addAll(must);
        Set<String> raised = raised(rehearsal, truth.paymentId());
        assertThat(raised).as(of).containsAll(must);
        assertThat(allowed).as(of).containsAll(raised);
        assertThat(rehearsal.detector().deadLetters(truth.paymentId())).as(of).isEqualTo(truth.deadLetters());
        rehearsal.detector().transcript(truth.paymentId()).lastAlerts().values().forEach(alert -> {
            if (names(truth.clears()).contains(alert.type().name())) {
                assertThat(alert.raised()).as(of).isFalse();
            }
        });
    }

    private static Set<String> raised(Rehearsal rehearsal, String paymentId) {
        return rehearsal.detector().transcript(paymentId).alerts().stream()
                .map(alert -> alert.type().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Set<io.tillwatch.schemas.record.AlertType> types) {
        return types.stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Alert last(List<Alert> alerts) {
        return alerts.get(alerts.size() - 1);
    }
}
