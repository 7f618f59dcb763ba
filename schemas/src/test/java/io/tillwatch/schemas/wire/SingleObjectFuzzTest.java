package io.tillwatch.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.Decoded;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.Records;
import io.tillwatch.schemas.json.JsonLines;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleObjectFuzzTest {

    private static final int ROUNDS = 12_000;

    private final SingleObject format = new SingleObject();

    /** Traps 12 and 13, some 100 000 times over all types. */
    @ParameterizedTest
    @MethodSource("io.tillwatch.schemas.RecordType#all")
    void neverThrowsNorTouchesTheNeighbours(RecordType<?> type) {
        fuzz(type);
    }

    private <T extends SpecificRecordBase> void fuzz(RecordType<T> type) {
        long seed = Records.seed("mutations of " + type);
        Random random = new Random(seed);
        Records records = new Records(seed);
        RecordWriter<T> writer = format.writer(type);
        RecordReader<T> reader = format.reader(type);
        JsonLines<T> lines = JsonLines.of(type);
        T neighbour = records.withAllOptionalFields(type);
        byte[] neighbourBytes = writer.write(neighbour);
        Decoded<T> expected = new Decoded.Value<>(neighbour);
        int unreadable = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = mutated(writer.write(records.withSomeOptionalFields(type)), random);
            if (reader.read(bytes) instanceof Decoded.Value<T> mutant) {
                // What is let in can be written again, in either form, and read back.
                same(mutant, reader.read(writer.write(mutant.value())), i);
                same(mutant, lines.read(lines.write(mutant.value())).record(), i);
            } else {
                unreadable++;
            }
            same(expected, reader.read(neighbourBytes), i);
        }
        assertThat(unreadable).isGreaterThan(ROUNDS / 10);
    }

    /** Cheaper than an assertion that is made 300 000 times. */
    private static void same(Object expected, Object actual, int round) {
        if (!expected.equals(actual)) {
            assertThat(actual).as("round %s", round).isEqualTo(expected);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutant = bytes;
        switch (random.nextInt(5)) {
            case 0 -> {
                mutant = new byte[random.nextInt(200)];
                random.nextBytes(mutant);
                // As often as not behind a good header.
                if (random.nextBoolean()) {
                    System.arraycopy(bytes, 0, mutant, 0, Math.min(10, mutant.length));
                }
            }
            case 1 -> mutant = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> mutant = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
            default -> {
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
                }
            }
        }
        return mutant;
    }
}
