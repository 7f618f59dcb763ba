package io.tillwatch.responder.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillwatch.responder.PeopleParts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes the audit behind the responder's back is found out. */
class AuditIT {

    private static PeopleParts parts;

    @BeforeAll
    static void start(@TempDir Path directory) {
        parts = new PeopleParts(directory);
        for (int i = 1; i <= 5; i++) {
            parts.post("otto", "/api/v1/switches/close", Map.of("scope", "acquirer:a-" + i, "reason", "reason " + i));
        }
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    @Test
    void findsAChainWholeAndListsTheNewestFirst() {
        JsonNode verified = verify("");
        JsonNode page = parts.get("vera", "/api/v1/audit?limit=2").json();
        JsonNode next = parts.get(
                        "vera",
                        "/api/v1/audit?limit=2&after=" + page.get("next").asText())
                .json();

        assertThat(verified.get("whole").asBoolean()).isTrue();
        assertThat(verified.get("rows").asLong()).isEqualTo(5);
        assertThat(verified.get("head")).isEqualTo(page.at("/items/0/hash"));
        assertThat(page.at("/items/0/id").asLong()).isEqualTo(5);
        assertThat(next.at("/items/0/id").asLong()).isEqualTo(3);
        assertThat(page.at("/items/0/detail/reason").asText()).isEqualTo("reason 5");
        assertThat(parts.get("vera", "/api/v1/audit?subject=switch:acquirer:a-2")
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void takesNoChangeToARow() {
        for (String change : new String[] {"UPDATE audit SET person = 'x'", "DELETE FROM audit", "TRUNCATE audit"}) {
            assertThatThrownBy(() -> parts.jdbi.useHandle(handle -> handle.execute(change)))
                    .as(change)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void findsEachChangeByWhoeverCanSwitchTheTriggerOff() {
        String[][] changes = {
            {"UPDATE audit SET person = 'vera' WHERE id = 3", "row 3 was changed"},
            {"UPDATE audit SET verb = 'SWITCH_OPENED' WHERE id = 3", "row 3 was changed"},
            {"UPDATE audit SET detail = '{\"reason\": \"other\"}' WHERE id = 3", "row 3 was changed"},
            {"UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 3", "row 3 was changed"},
            {"UPDATE audit SET subject = 'switch:all' WHERE id = 3", "row 3 was changed"},
            {"UPDATE audit SET previous = hash WHERE id = 3", "row 3 does not follow"},
            {"UPDATE audit SET hash = previous WHERE id = 3", "row 3 was changed"},
            {"DELETE FROM audit WHERE id = 3", "row 3 is missing"},
            {"DELETE FROM audit WHERE id = 1", "row 1 is missing"},
            {"UPDATE audit SET id = 9 WHERE id = 3", "row 3 is missing"},
        };
        for (String[] change : changes) {
            tampered(change[0], () -> {
                JsonNode verified = verify("");
                assertThat(verified.get("whole").asBoolean()).as(change[0]).isFalse();
                assertThat(verified.get("what").asText()).as(change[0]).contains(change[1]);
            });
        }
    }

    @Test
    void findsRowsThatWereCutOffAgainstAHeadThatWasKept() {
        JsonNode head = verify("");
        String kept = "?id=5&hash=" + head.get("head").asText();
        assertThat(verify(kept).get("whole").asBoolean()).isTrue();
        assertThat(verify("?id=4&hash=" + head.get("head").asText()).get("what").asText())
                .contains("row 4 is not the one that was kept");

        tampered("DELETE FROM audit WHERE id > 3", () -> {
            assertThat(verify("").get("whole").asBoolean()).isTrue();
            assertThat(verify(kept).get("what").asText()).contains("rows 4 to 5 are cut off");
        });
    }

    /** Does it, looks, and puts everything back. */
    private static void tampered(String change, Runnable look) {
        parts.jdbi.useHandle(handle -> {
            handle.execute("CREATE TABLE audit_copy AS SELECT * FROM audit");
            handle.execute("ALTER TABLE audit DISABLE TRIGGER audit_append_only");
            handle.execute(change);
        });
        try {
            look.run();
        } finally {
            parts.jdbi.useHandle(handle -> {
                handle.execute("DELETE FROM audit");
                handle.execute("INSERT INTO audit SELECT * FROM audit_copy");
                handle.execute("DROP TABLE audit_copy");
                handle.execute("ALTER TABLE audit ENABLE TRIGGER audit_append_only");
            });
        }
    }

    private static JsonNode verify(String query) {
        return parts.get("vera", "/api/v1/audit/verification" + query).json();
    }
}
