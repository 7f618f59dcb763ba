package io.tillwatch.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {

    private static final Schema CAPTURE = Schemas.plain(RecordType.CAPTURE);
    private static final Schema ALERT = Schemas.plain(RecordType.ALERT);
    private static final Schema TEXT = Schema.create(Schema.Type.STRING);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);

    static Stream<Arguments> planted() {
        return Stream.of(
                Arguments.of("a required field is added", with(field("more", TEXT, null)), "READER_FIELD_MISSING"),
                Arguments.of("a required field is removed", Schemas.without(CAPTURE, "amount"), "amount"),
                Arguments.of("an optional field is removed", Schemas.without(CAPTURE, "terminalId"), "gone"),
                Arguments.of("a field with a default is removed", Schemas.without(CAPTURE, "last"), "gone"),
                Arguments.of("a field is renamed", replaced("amount", field("sum", LONG, null)), "amount"),
                Arguments.of(
                        "a field becomes optional", replaced("amount", Schemas.optional("amount", LONG)), "amount"),
                Arguments.of(
                        "a number becomes a text", replaced("amount", field("amount", TEXT, null)), "TYPE_MISMATCH"),
                Arguments.of(
                        "a number becomes a narrower one",
                        replaced("amount", field("amount", Schema.create(Schema.Type.INT), null)),
                        "TYPE_MISMATCH"),
                Arguments.of(
                        "a text becomes bytes, which Avro would let pass",
                        replaced("currency", field("currency", Schema.create(Schema.Type.BYTES), null)),
                        "was string in v1 and is bytes"),
                Arguments.of(
                        "milliseconds become microseconds, which Avro would let pass",
                        replaced("occurredAt", field("occurredAt", micros(), null)),
                        "was timestamp-millis in v1 and is timestamp-micros"),
                Arguments.of(
                        "a time becomes a plain number, which Avro would let pass",
                        replaced("occurredAt", field("occurredAt", LONG, null)),
                        "was timestamp-millis in v1 and is a plain long"),
                Arguments.of(
                        "a default changes, which Avro would let pass",
                        replaced("last", field("last", Schema.create(Schema.Type.BOOLEAN), false)),
                        "another default"),
                Arguments.of(
                        "an optional field changes its type, which Avro would let pass",
                        replaced("terminalId", Schemas.optional("terminalId", Schema.create(Schema.Type.BYTES))),
                        "could be string in v1"),
                Arguments.of(
                        "a symbol is added where money moves on it",
                        replaced("status", status("ACCEPTED", "FAILED", "PENDING")),
                        "v1 cannot read what is now written"),
                Arguments.of(
                        "a symbol is removed",
                        replaced("status", status("ACCEPTED")),
                        "cannot read what v1 wrote: MISSING_ENUM_SYMBOLS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void catches(String what, Schema planted, String expected) {
        assertThat(SchemaEvolution.problems(List.of(CAPTURE), planted))
                .as(what)
                .anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void catchesWhatOnlyTheOldestVersionCannotRead() {
        Schema second = Schemas.without(CAPTURE, "amount");
        assertThat(SchemaEvolution.problems(List.of(CAPTURE, second), second))
                .anyMatch(problem -> problem.startsWith("v1 cannot read"))
                .noneMatch(problem -> problem.startsWith("v2"));
    }

    @Test
    void catchesAChangeDeepWithinARecord() {
        Schema.Field evidence = ALERT.getField("evidence");
        Schema changed = Schemas.without(evidence.schema().getTypes().get(1), "tainted");
        assertThat(SchemaEvolution.problems(
                        List.of(ALERT), Schemas.replaced(ALERT, "evidence", Schemas.optional("evidence", changed))))
                .contains("Alert.evidence.tainted is in v1 and is gone: nothing is ever removed");
    }

    @Test
    void letsAnOptionalFieldBeAddedOnceItsVersionIsInTheHistory() {
        Schema changed = Schemas.with(CAPTURE, Schemas.optional("channel", TEXT));
        assertThat(SchemaEvolution.problems(List.of(CAPTURE), changed))
                .singleElement()
                .asString()
                .contains("add src/main/resources/io/tillwatch/schemas/history/Capture/v2.avsc")
                .contains("target/history/Capture/v2.avsc");
        assertThat(SchemaEvolution.problems(List.of(CAPTURE, changed), changed)).isEmpty();
    }

    @Test
    void letsASymbolBeAddedWhereReadersAreUpgradedFirst() {
        List<String> symbols = new ArrayList<>(ALERT.getField("type").schema().getEnumSymbols());
        symbols.add("CHARGEBACK_UNMATCHED");
        Schema type = Schemas.enumeration(ALERT.getField("type").schema(), symbols);
        Schema changed = Schemas.replaced(ALERT, "type", field("type", type, null));
        assertThat(SchemaEvolution.problems(List.of(ALERT, changed), changed)).isEmpty();
    }

    @Test
    void letsADocChangeWithoutANewVersion() {
        Schema reworded = new Schema.Parser().parse(CAPTURE.toString().replace("A capture message", "A message"));
        assertThat(reworded.getDoc()).isNotEqualTo(CAPTURE.getDoc());
        assertThat(SchemaEvolution.problems(List.of(CAPTURE), reworded)).isEmpty();
    }

    private static Schema with(Schema.Field more) {
        return Schemas.with(CAPTURE, more);
    }

    private static Schema replaced(String name, Schema.Field other) {
        return Schemas.replaced(CAPTURE, name, other);
    }

    private static Schema.Field field(String name, Schema type, Object defaultOrNull) {
        return new Schema.Field(name, type, "planted", defaultOrNull);
    }

    private static Schema.Field status(String... symbols) {
        Schema like = CAPTURE.getField("status").schema();
        return field("status", Schemas.enumeration(like, List.of(symbols)), null);
    }

    private static Schema micros() {
        return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }
}
