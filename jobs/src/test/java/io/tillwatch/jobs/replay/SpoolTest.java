package io.tillwatch.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final int SMALL_CHUNK = 200;

    @TempDir
    private Path folder;

    private int files;

    @BeforeEach
    void beginWithNoFile() {
        files = 0;
    }

    @Test
    void whatComesInOrderMakesOneRunHoweverMuchItIs() throws IOException {
        Spool spool = spool(SMALL_CHUNK, numbers(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));

        assertThat(spool.runEnds()).hasSize(1);
        assertThat(read(spool))
                .containsExactlyElementsOf(numbers(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
    }

    @Test
    void whatComesInNoOrderIsReadInOrder() throws IOException {
        long seed = 7;
        List<String> keys = new ArrayList<>();
        new Random(seed).ints(5_000, 0, 1_000_000).forEach(i -> keys.add(number(i)));

        Spool spool = spool(SMALL_CHUNK, keys);

        assertThat(spool.runEnds()).hasSizeGreaterThan(100);
        assertThat(spool.entries()).isEqualTo(5_000);
        assertThat(read(spool))
                .as("seed %d", seed)
                .isEqualTo(keys.stream().sorted().toList());
    }

    @Test
    void severalSpoolsAreReadAsOne() throws IOException {
        Spool one = spool(SMALL_CHUNK, numbers(1, 4, 7));
        Spool other = spool(SMALL_CHUNK, numbers(2, 5, 8));
        Spool none = spool(SMALL_CHUNK, List.of());

        assertThat(read(one, none, other)).containsExactlyElementsOf(numbers(1, 2, 4, 5, 7, 8));
    }

    @Test
    void anEntryMayBeLargerThanAChunkAndThanTheReadersBuffer() throws IOException {
        String large = "b".repeat(300_000);

        assertThat(read(spool(SMALL_CHUNK, List.of("a", large, "c")))).containsExactly("a", large, "c");
    }

    @Test
    void keysCompareAsUnsignedBytes() throws IOException {
        List<String> keys = List.of("z", "é", "a", "日", "\u007f");

        assertThat(read(spool(SMALL_CHUNK, keys))).containsExactly("a", "z", "\u007f", "é", "日");
    }

    @Test
    void numbersOfEitherSignSortAsNumbers() throws IOException {
        List<Long> numbers = Arrays.asList(5L, -1L, Long.MIN_VALUE, 0L, Long.MAX_VALUE, -300L);
        DataOutputSerializer key = new DataOutputSerializer(8);
        Path file = folder.resolve("numbers");
        try (SpoolWriter writer = new SpoolWriter(file)) {
            for (long number : numbers) {
                key.clear();
                SortKey.number(key, number);
                writer.add(key, new DataOutputSerializer(1));
            }
        }

        List<Long> read = new ArrayList<>();
        try (SpoolReader reader = new SpoolReader(List.of(Spool.of(file)))) {
            while (reader.next()) {
                read.add(SortKey.number(reader.key().getLong(0)));
            }
        }
        assertThat(read).containsExactly(Long.MIN_VALUE, -300L, -1L, 0L, 5L, Long.MAX_VALUE);
    }

    private static List<String> numbers(int... numbers) {
        return Arrays.stream(numbers).mapToObj(SpoolTest::number).toList();
    }

    private static String number(int number) {
        return String.format("%07d", number);
    }

    private Spool spool(int chunkBytes, List<String> keys) throws IOException {
        Path file = folder.resolve("spool-" + files++);
        DataOutputSerializer key = new DataOutputSerializer(8);
        DataOutputSerializer value = new DataOutputSerializer(8);
        try (SpoolWriter writer = new SpoolWriter(file, chunkBytes)) {
            for (String text : keys) {
                key.clear();
                key.write(text.getBytes(StandardCharsets.UTF_8));
                value.clear();
                value.write(("value of " + text).getBytes(StandardCharsets.UTF_8));
                writer.add(key, value);
            }
        }
        return Spool.of(file);
    }

    private static List<String> read(Spool... spools) throws IOException {
        List<String> keys = new ArrayList<>();
        try (SpoolReader reader = new SpoolReader(List.of(spools))) {
            while (reader.next()) {
                String key = text(reader.key());
                assertThat(text(reader.value())).isEqualTo("value of " + key);
                keys.add(key);
            }
        }
        return keys;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
