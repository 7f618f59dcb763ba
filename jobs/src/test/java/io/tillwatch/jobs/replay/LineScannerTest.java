package io.tillwatch.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {

    private static final int KEPT = 8;
    private static final int BUFFER = 256 * 1024;

    @Test
    void numbersLinesFromOneAndCountsTheBlankOnesItPassesOver() throws IOException {
        assertThat(lines("one\n\n  \t\r\ntwo\n")).containsExactly("1 one 3", "4 two 3");
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(lines("one\ntwo")).containsExactly("1 one 3", "2 two 3");
    }

    @Test
    void aCarriageReturnBelongsToTheLinesEnd() throws IOException {
        assertThat(lines("one\r\ntwo\r\n")).containsExactly("1 one 3", "2 two 3");
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(lines("\uFEFFone\n")).containsExactly("1 one 3");
    }

    @Test
    void anEmptyFileHasNoLine() throws IOException {
        assertThat(lines("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, 5 * BUFFER + 3})
    void keepsTheBeginningOfALineThatIsTooLongAndReadsOnBehindIt(int length) throws IOException {
        String long1 = "x".repeat(length);

        List<String> lines = lines("a\n" + long1 + "\nb\n" + long1);

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("1 a 1");
        assertThat(lines.get(1)).startsWith("2 xxxxxxxx").endsWith(" " + length);
        assertThat(lines.get(2)).isEqualTo("3 b 1");
        assertThat(lines.get(3)).startsWith("4 xxxxxxxx").endsWith(" " + length);
    }

    @Test
    void itDoesNotMatterInWhichPiecesTheBytesCome() throws IOException {
        String text = "one\ntwo\n\nthree";

        assertThat(scan(new OneByOne(text))).isEqualTo(lines(text));
    }

    private static List<String> lines(String text) throws IOException {
        return scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Number, what was kept, length. */
    private static List<String> scan(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineScanner line = new LineScanner(in, KEPT)) {
            while (line.next()) {
                String kept = new String(line.buffer(), line.start(), line.kept(), StandardCharsets.UTF_8);
                lines.add(line.number() + " " + kept + " " + line.length());
            }
        }
        return lines;
    }

    private static final class OneByOne extends ByteArrayInputStream {
        OneByOne(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
        }
    }
}
