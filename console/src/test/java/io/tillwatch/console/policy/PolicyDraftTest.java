package io.tillwatch.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Mode;
import io.tillwatch.schemas.record.Policy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDraftTest {

    @Test
    void writesWhatItReads() {
        Map<String, String> texts =
                Map.of("settleWithin", "PT96H", "automaticUpTo", "500000", "refundMode", "OFF", "commandBudget", "7");

        PolicyDraft.Result result = PolicyDraft.read("acquirer:a-1", texts);

        Policy policy = ((PolicyDraft.Result.Good) result).policy();
        assertThat(policy.getScope()).isEqualTo("acquirer:a-1");
        assertThat(policy.getSettleWithin()).isEqualTo(96 * 3_600_000L);
        assertThat(policy.getRefundMode()).isEqualTo(Mode.OFF);
        assertThat(policy.getCaptureWithin()).isNull();
        assertThat(PolicyDraft.texts(JsonLines.of(RecordType.POLICY).writeString(policy)))
                .isEqualTo(texts);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        PolicyDraft.Result result = PolicyDraft.read(
                "somebody", Map.of("settleWithin", "4 days", "automaticUpTo", "-1", "refundMode", "MAYBE"));

        assertThat(((PolicyDraft.Result.Bad) result).problems())
                .anyMatch(problem -> problem.startsWith("scope:"))
                .anyMatch(problem -> problem.startsWith("settleWithin:"))
                .anyMatch(problem -> problem.startsWith("refundMode:"));
        assertThat(((PolicyDraft.Result.Bad) PolicyDraft.read("*", Map.of("automaticUpTo", "-1"))).problems())
                .singleElement()
                .asString()
                .startsWith("automaticUpTo: -1 is not in");
        assertThat(((PolicyDraft.Result.Bad) PolicyDraft.read("*", Map.of())).problems())
                .singleElement()
                .asString()
                .startsWith("nothing is set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *              | true
                    acquirer:a-1   | true
                    merchant:m/2   | true
                    merchant:      | false
                    terminal:t     | false
                    merchant:a b   | false
                    merchant:<b>   | true
                    """)
    void knowsAScope(String scope, boolean is) {
        assertThat(PolicyDraft.isScope(scope)).isEqualTo(is);
    }
}
