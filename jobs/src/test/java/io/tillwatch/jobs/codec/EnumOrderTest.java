package io.tillwatch.jobs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.admission.Refusal;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.guard.WatchedFeed;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** State holds the position of an enum's constant: constants are only ever put at the end. */
class EnumOrderTest {

    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of(Feed.class, "AUTHORIZATIONS CAPTURES SETTLEMENTS REVERSALS OUTCOMES SUSPICIONS"),
                Arguments.of(Authorization.Kind.class, "SALE PREAUTH INCREMENT"),
                Arguments.of(Authorization.Status.class, "REQUESTED APPROVED DECLINED"),
                Arguments.of(Authorization.CaptureMode.class, "AUTOMATIC SEPARATE"),
                Arguments.of(Capture.Status.class, "ACCEPTED FAILED"),
                Arguments.of(Settlement.Status.class, "SETTLED REJECTED"),
                Arguments.of(Reversal.Kind.class, "VOID REVERSAL REFUND"),
                Arguments.of(Reversal.Status.class, "DONE FAILED"),
                Arguments.of(Outcome.Result.class, "DONE NOT_NEEDED FAILED ESCALATED"),
                Arguments.of(Suspicion.Confidence.class, "EXACT SUSPECTED NONE"),
                Arguments.of(Sign.Kind.class, "REQUESTED APPROVED RETURNED"),
                Arguments.of(
                        AlertType.class,
                        "AUTHORIZATION_UNANSWERED CAPTURE_OVERDUE PREAUTH_EXPIRED CAPTURE_FAILED SETTLEMENT_OVERDUE"
                                + " SETTLEMENT_FAILED SETTLEMENT_AMOUNT_MISMATCH DUPLICATE_SETTLEMENT"
                                + " DUPLICATE_CAPTURE CAPTURE_EXCEEDS_AUTHORIZATION CURRENCY_MISMATCH"
                                + " AMOUNT_CONFLICT CAPTURE_WITHOUT_AUTHORIZATION CAPTURE_ON_DECLINED"
                                + " CAPTURE_ON_AUTOMATIC CAPTURE_AFTER_REVERSAL SETTLEMENT_WITHOUT_CAPTURE"
                                + " SETTLED_AFTER_REVERSAL OVER_RETURNED DUPLICATE_AUTHORIZATION"
                                + " COMMAND_UNANSWERED REMEDY_FAILED FEED_SILENT BUDGET_EXCEEDED"),
                Arguments.of(AlertType.Severity.class, "INFO WARNING CRITICAL"),
                Arguments.of(Cause.class, "NETWORK TERMINAL ISSUER ACQUIRER OPERATOR FUNDS CARD UNKNOWN"),
                Arguments.of(Action.class, "REVERSE REFUND ADJUST RETRY_CAPTURE RETRY_SETTLEMENT"),
                Arguments.of(Approval.class, "AUTOMATIC REQUIRED"),
                Arguments.of(
                        ApprovalReason.class,
                        "POLICY SUSPECTED CONFLICT TAINTED COMMAND_OPEN AMOUNT_OVER_LIMIT TOO_OLD FEED_UNHEALTHY"
                                + " BUDGET_EXCEEDED"),
                Arguments.of(
                        Refusal.Code.class,
                        "UNREADABLE TOO_LARGE BAD_FIELD BAD_AMOUNT BAD_CURRENCY BAD_TIME BAD_COMBINATION CARD_NUMBER"),
                Arguments.of(WatchedFeed.class, "RESPONSES CAPTURES SETTLEMENTS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    @DisplayName("the byte of each constant is what it always was")
    <E extends Enum<E>> void writesTheByteThatItAlwaysWrote(Class<E> type, String names) throws IOException {
        byte position = 0;
        for (String name : names.split(" ")) {
            PackedOutput out = new PackedOutput();
            out.writeEnum(Enum.valueOf(type, name));
            assertThat(out.takeBytes()).as(name).containsExactly(position++);
        }
        assertThat(type.getEnumConstants())
                .as("a new constant goes to the end of this table too")
                .hasSize(position);
    }
}
