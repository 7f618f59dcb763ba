package io.tillwatch.jobs.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.rules.fact.Feed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, texts and versions as bytes, at their bounds. */
class PackedTest {

    private final PackedOutput out = new PackedOutput();

    private PackedInput in() {
        return of(out.takeBytes());
    }

    private static PackedInput of(byte[] bytes) {
        return new PackedInput().of(new DataInputDeserializer(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1",
        "1,1",
        "-1,1",
        "63,1",
        "64,2",
        "-64,1",
        "-65,2",
        "2147483647,5",
        "-2147483648,5",
        "1800000000000,6",
        "9223372036854775807,10",
        "-9223372036854775808,10"
    })
    void writesANumberInAsFewBytesAsItNeeds(long number, int length) throws IOException {
        out.writeLong(number);

        byte[] bytes = out.takeBytes();
        assertThat(bytes).hasSize(length);
        assertThat(of(bytes).readLong()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE})
    void writesACount(int count) throws IOException {
        out.writeCount(count);

        assertThat(in().readCount()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "p-1", "é", "东方红", "😀", "\u0000", "a\u001fb"})
    void writesATextOnceAndThenRefersToIt(String text) throws IOException {
        out.writeString(text);
        int once = out.takeBytes().length;
        out.writeString(text);
        out.writeString(null);
        out.writeString(text);

        byte[] bytes = out.takeBytes();
        assertThat(bytes).hasSize(once + 2);
        PackedInput in = of(bytes);
        assertThat(in.readString()).isEqualTo(text);
        assertThat(in.readString()).isNull();
        assertThat(in.readString()).isEqualTo(text);
    }

    @Test
    void readsMoreTextsThanItRefersTo() throws IOException {
        List<String> texts = new ArrayList<>();
        Random random = new Random(Seeds.of("many texts"));
        for (int i = 0; i < 5 * PackedOutput.STRINGS_MAX; i++) {
            texts.add(random.nextInt(4) == 0 ? null : "t" + random.nextInt(2 * PackedOutput.STRINGS_MAX));
        }
        for (String text : texts) {
            out.writeString(text);
        }
        PackedInput in = in();
        for (String text : texts) {
            assertThat(in.readString()).isEqualTo(text);
        }
    }

    @Test
    void writesWhatMayBeAbsent() throws IOException {
        out.writeOptionalLong(null);
        out.writeOptionalLong(Long.MIN_VALUE);
        out.writeEnum(null);
        out.writeEnum(Feed.SUSPICIONS);
        out.writeBytes(null);
        out.writeBytes(new byte[0]);
        out.writeBytes(new byte[] {-1, 0, 1});

        PackedInput in = in();
        assertThat(in.readOptionalLong()).isNull();
        assertThat(in.readOptionalLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.readEnum(Feed.values())).isNull();
        assertThat(in.readEnum(Feed.values())).isEqualTo(Feed.SUSPICIONS);
        assertThat(in.readBytes()).isNull();
        assertThat(in.readBytes()).isEmpty();
        assertThat(in.readBytes()).containsExactly(-1, 0, 1);
    }

    @Test
    void refusesANumberThatNobodyWrote() throws IOException {
        for (int i = 0; i < 11; i++) {
            out.writeByte(-1);
        }
        PackedInput in = in();

        assertThatThrownBy(in::readLong).isInstanceOf(IOException.class).hasMessageContaining("more than 64 bits");
    }

    /** A value to which a field was added in version 2. */
    private record Sized(String name, long size) {}

    private record SizedCodec(int version) implements Codec<Sized> {
        @Override
        public void write(Sized value, PackedOutput out) throws IOException {
            out.writeString(value.name());
            if (version > 1) {
                out.writeLong(value.size());
            }
        }

        @Override
        public Sized read(PackedInput in, int writtenBy) throws IOException {
            return new Sized(in.readString(), writtenBy > 1 ? in.readLong() : -1);
        }
    }

    @Test
    void readsWhatAnEarlierVersionWrote() {
        byte[] old = new Packed<>(new SizedCodec(1)).bytes(new Sized("a", 7));
        Packed<Sized> now = new Packed<>(new SizedCodec(2));

        assertThat(now.value(old)).isEqualTo(new Sized("a", -1));
        assertThat(now.value(now.bytes(new Sized("a", 7)))).isEqualTo(new Sized("a", 7));
    }

    @Test
    void refusesWhatALaterVersionWroteAndSaysWhatToDo() {
        byte[] later = new Packed<>(new SizedCodec(2)).bytes(new Sized("a", 7));
        Packed<Sized> now = new Packed<>(new SizedCodec(1));

        assertThatThrownBy(() -> now.value(later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("state of version 2 was written by a later build than this, which reads up to 1:"
                        + " start that build again");
    }
}
