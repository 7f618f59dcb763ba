package io.tillwatch.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Outcome;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.record.SettlementStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordTypeTest {

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void hasAKeyThatIsARequiredString(RecordType<?> type) {
        assertThat(type.schema().getField(type.keyField()).schema().getType()).isEqualTo(Schema.Type.STRING);
    }

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void saysOfEveryRecordFieldAndEnumWhatItMeans(RecordType<?> type) {
        Map<String, Schema> named = named(type.schema());
        assertThat(named).isNotEmpty();
        named.forEach((name, schema) -> {
            assertThat(schema.getDoc()).as(name).isNotBlank();
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields()
                        .forEach(field -> assertThat(field.doc())
                                .as(name + "." + field.name())
                                .isNotBlank());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void writesAnOptionalFieldAsNullOrAValueWithNullForItsDefault(RecordType<?> type) {
        named(type.schema()).values().stream()
                .filter(schema -> schema.getType() == Schema.Type.RECORD)
                .flatMap(schema -> schema.getFields().stream())
                .filter(field -> field.schema().isUnion())
                .forEach(field -> {
                    assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
                    assertThat(field.schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
                    assertThat(field.defaultVal()).as(field.name()).isEqualTo(JsonProperties.NULL_VALUE);
                });
    }

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void takesNoSymbolForAnother(RecordType<?> type) {
        named(type.schema()).values().stream()
                .filter(schema -> schema.getType() == Schema.Type.ENUM)
                .forEach(schema ->
                        assertThat(schema.getEnumDefault()).as(schema.getName()).isNull());
    }

    @Test
    void takesACaptureForTheLastAndASettlementForFreeUnlessTheySayOtherwise() {
        Capture capture = Capture.newBuilder()
                .setEventId("e-1")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.EPOCH)
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setAmount(1)
                .setCurrency("EUR")
                .setCaptureId("c-1")
                .setStatus(CaptureStatus.ACCEPTED)
                .build();
        Settlement settlement = Settlement.newBuilder()
                .setEventId("e-2")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.EPOCH)
                .setAcquirerId("a-1")
                .setMerchantId("m-1")
                .setAmount(1)
                .setCurrency("EUR")
                .setSettlementId("s-1")
                .setCaptureId("c-1")
                .setStatus(SettlementStatus.SETTLED)
                .build();
        assertThat(capture.getLast()).isTrue();
        assertThat(capture.getTerminalId()).isNull();
        assertThat(settlement.getFee()).isZero();
    }

    /** The code generator's hashCode has a local variable of that name. */
    @Test
    void tellsOutcomesApartByTheirResult() {
        Outcome done = Outcome.newBuilder()
                .setEventId("e-1")
                .setCommandId("p-1:CAPTURE_OVERDUE#RETRY_CAPTURE")
                .setPaymentId("p-1")
                .setOccurredAt(Instant.EPOCH)
                .setResult(OutcomeResult.DONE)
                .setAmount(1)
                .setCurrency("EUR")
                .build();
        assertThat(Outcome.newBuilder(done).build()).isEqualTo(done).hasSameHashCodeAs(done);
        assertThat(Outcome.newBuilder(done).setResult(OutcomeResult.FAILED).build())
                .isNotEqualTo(done)
                .doesNotHaveSameHashCodeAs(done);
    }

    @Test
    void setsNothingInAPolicyThatIsGivenNothing() {
        Policy policy = Policy.newBuilder().setScope("*").build();
        assertThat(policy.getSchema().getFields().stream()
                        .filter(field -> !field.name().equals("scope"))
                        .map(field -> policy.get(field.pos())))
                .allMatch(Objects::isNull)
                .hasSize(27);
    }

    @Test
    void listsTheTypesOfAlertsInTheOrderOfTheCatalogue() {
        assertThat(Arrays.stream(AlertType.values()).map(Enum::name))
                .containsExactly(
                        "AUTHORIZATION_UNANSWERED",
                        "CAPTURE_OVERDUE",
                        "PREAUTH_EXPIRED",
                        "CAPTURE_FAILED",
                        "SETTLEMENT_OVERDUE",
                        "SETTLEMENT_FAILED",
                        "SETTLEMENT_AMOUNT_MISMATCH",
                        "DUPLICATE_SETTLEMENT",
                        "DUPLICATE_CAPTURE",
                        "CAPTURE_EXCEEDS_AUTHORIZATION",
                        "CURRENCY_MISMATCH",
                        "AMOUNT_CONFLICT",
                        "CAPTURE_WITHOUT_AUTHORIZATION",
                        "CAPTURE_ON_DECLINED",
                        "CAPTURE_ON_AUTOMATIC",
                        "CAPTURE_AFTER_REVERSAL",
                        "SETTLEMENT_WITHOUT_CAPTURE",
                        "SETTLED_AFTER_REVERSAL",
                        "OVER_RETURNED",
                        "DUPLICATE_AUTHORIZATION",
                        "COMMAND_UNANSWERED",
                        "REMEDY_FAILED",
                        "FEED_SILENT",
                        "BUDGET_EXCEEDED");
    }

    /** The record and every named type within, by full name. */
    private static Map<String, Schema> named(Schema schema) {
        Map<String, Schema> named = new HashMap<>();
        collect(schema, named);
        return named;
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM -> named.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
            default -> {
                // Has no name.
            }
        }
    }
}
