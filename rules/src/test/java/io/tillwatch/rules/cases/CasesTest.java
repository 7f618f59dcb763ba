package io.tillwatch.rules.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.ResponseCodes;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.duplicate.LookalikeKey;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Fact;
import io.tillwatch.rules.lifecycle.Changes;
import io.tillwatch.rules.lifecycle.Lifecycle;
import io.tillwatch.rules.lifecycle.Payment;
import io.tillwatch.rules.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules alone, without Flink, against inputs whose results a separate reference gave. */
class CasesTest {

    static List<Path> cases() throws IOException {
        Path cases = Path.of("../../shared/cases");
        Assumptions.assumeTrue(Files.isDirectory(cases), "no folder of cases beside the project");
        try (Stream<Path> folders = Files.list(cases)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatTheReferenceGave(Path folder) {
        List<Fact> facts = CaseFiles.facts(folder);
        Policies policies = Policies.fixed(CaseFiles.policies(folder));
        long asOf = facts.stream().mapToLong(Fact::arrivedAtMillis).max().orElse(0);
        facts.sort(Comparator.comparingLong(Fact::arrivedAtMillis));

        Map<LookalikeKey, Lookalikes> lookalikes = new HashMap<>();
        for (Fact fact : facts) {
            Sign.of(fact)
                    .ifPresent(sign -> lookalikes
                            .computeIfAbsent(sign.key(), k -> new Lookalikes())
                            .add(sign));
        }
        lookalikes.values().forEach(l -> l.judge(asOf, policies, facts::add));

        Map<String, Payment> payments = new LinkedHashMap<>();
        Told told = new Told();
        Lifecycle lifecycle = new Lifecycle(ResponseCodes.DEFAULT, policies, 0);
        for (Fact fact : facts) {
            lifecycle.receive(payments.computeIfAbsent(fact.paymentId(), Payment::new), fact, Long.MIN_VALUE, told);
        }
        payments.values().forEach(p -> lifecycle.advance(p, asOf, told));

        Map<String, Integer> differences = new TreeMap<>();
        CaseFiles.lines(folder, "expected/alerts", CasesTest::alert)
                .forEach(a -> differences.merge(a, 1, Integer::sum));
        CaseFiles.lines(folder, "expected/commands", CasesTest::command)
                .forEach(c -> differences.merge(c, 1, Integer::sum));
        told.rows.forEach(r -> differences.merge(r, -1, Integer::sum));
        differences.values().removeIf(n -> n == 0);
        assertThat(differences).as("missing (1) and unexpected (-1) rows").isEmpty();
    }

    private static String alert(JsonNode n) {
        return row(
                "alert",
                n,
                "alertId",
                "revision",
                "status",
                "type",
                "severity",
                "paymentId",
                "subject",
                "amount",
                "cause",
                "commandId",
                "detectedAt");
    }

    private static String command(JsonNode n) {
        return row(
                "command",
                n,
                "commandId",
                "issue",
                "status",
                "alertId",
                "paymentId",
                "action",
                "amount",
                "cause",
                "approval",
                "approvalReason",
                "issuedAt",
                "notBefore",
                "expiresAt");
    }

    private static String row(String kind, JsonNode n, String... fields) {
        StringBuilder row = new StringBuilder(kind);
        for (String field : fields) {
            row.append(' ').append(n.hasNonNull(field) ? n.get(field).asText() : "null");
        }
        return row.toString();
    }

    private static final class Told implements Changes {
        private final List<String> rows = new ArrayList<>();

        @Override
        public void alert(Alert a) {
            rows.add(String.join(
                    " ",
                    "alert",
                    a.alertId(),
                    "" + a.revision(),
                    a.raised() ? "RAISED" : "CLEARED",
                    "" + a.type(),
                    "" + a.severity(),
                    a.paymentId(),
                    a.subject(),
                    "" + a.amount(),
                    "" + a.cause(),
                    a.commandId(),
                    "" + a.detectedAtMillis()));
        }

        @Override
        public void command(Command c) {
            rows.add(String.join(
                    " ",
                    "command",
                    c.commandId(),
                    "" + c.issue(),
                    c.withdrawn() ? "WITHDRAWN" : "ISSUED",
                    c.alertId(),
                    c.paymentId(),
                    "" + c.action(),
                    "" + c.amount(),
                    "" + c.cause(),
                    "" + c.approval(),
                    "" + c.approvalReason(),
                    "" + c.issuedAtMillis(),
                    "" + c.notBeforeMillis(),
                    "" + c.expiresAtMillis()));
        }

        @Override
        public void duplicateIgnored() {
            // not compared
        }

        @Override
        public void forgotten(boolean closed) {
            // not compared
        }
    }
}
