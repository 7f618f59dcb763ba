package io.tillwatch.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

    /** The gate for every change of a schema. */
    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void endsWithTheSchemaOfThisBuildAndAllVersionsReadEachOther(RecordType<?> type) throws IOException {
        List<Schema> shipped = SchemaHistory.load(type);
        offer(type, shipped.size() + 1);
        assertThat(SchemaEvolution.problems(shipped, type.schema()))
                .as("the schema " + type)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void findsEveryShippedVersionByItsFingerprint(RecordType<?> type) {
        SchemaHistory history = SchemaHistory.shipped(type);
        history.versions()
                .forEach(version -> assertThat(history.writer(SchemaHistory.fingerprint(version)))
                        .hasValueSatisfying(found -> assertThat(SchemaHistory.fingerprint(found))
                                .isEqualTo(SchemaHistory.fingerprint(version))));
        assertThat(history.writer(SchemaHistory.fingerprint(type.schema())))
                .as("what this build writes, whose generated schema has properties of Java besides")
                .isPresent();
        assertThat(history.writer(0)).isEmpty();
    }

    @Test
    void refusesANewerWriterThatThisBuildCannotRead() {
        Schema capture = Schemas.plain(RecordType.CAPTURE);
        SchemaHistory history = SchemaHistory.shipped(RecordType.CAPTURE);
        assertThatThrownBy(() -> history.withWriters(List.of(Schemas.without(capture, "amount"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Capture")
                .hasMessageContaining("amount");
    }

    @Test
    void leavesAsideTheSchemasOfOtherRecords() {
        Schema settlement = Schemas.with(
                Schemas.plain(RecordType.SETTLEMENT), Schemas.optional("rate", Schema.create(Schema.Type.STRING)));
        assertThat(SchemaHistory.shipped(RecordType.CAPTURE)
                        .withWriters(List.of(settlement))
                        .writer(SchemaHistory.fingerprint(settlement)))
                .isEmpty();
    }

    /** Leaves the file that a changed schema needs where the message says. */
    private static void offer(RecordType<?> type, int version) throws IOException {
        Path file = Path.of("target", "history", type.name(), "v" + version + ".avsc");
        Files.createDirectories(file.getParent());
        Files.writeString(file, SchemaFormatter.format("json/pretty", SchemaEvolution.plain(type.schema())) + "\n");
    }
}
