package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.admission.CardNumbers;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a dead letter or in a file that was mended by hand: it is told without a card number. */
class UntrustedLettersTest {

    private static Path file;

    private final Checks checks = new Checks(Wire.withoutRegistry(), Topic.DEFAULT_PREFIX, List.of(), Refused.NOW);

    @BeforeAll
    static void makeFile() throws IOException {
        file = Files.createTempFile("letters", ".jsonl");
    }

    @AfterAll
    static void removeFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "15m")
    void readsAMendedFileAndQuotesNoCardNumber(byte[] content) throws IOException {
        Files.write(file, content);
        LetterFile.Content read = LetterFile.read(file);
        List<String> problems = new ArrayList<>(read.problems());
        Letter letter = Refused.letter(Refused.settlement("p-1").setAmount(0).build());
        for (LetterFile.Line line : read.lines()) {
            checks.mended(line, letter, false, problems)
                    .ifPresent(parcel -> assertThat(checks.asIs(
                                    new Letter(letter.id(), "UNREADABLE", "", parcel.key(), parcel.value())))
                            .as("what is sent is taken by the jobs")
                            .isInstanceOf(Checks.AsIs.Taken.class));
        }
        assertThat(problems)
                .allSatisfy(problem -> assertThat(CardNumbers.ofSchemeWithin(problem))
                        .as(problem)
                        .isFalse());
    }

    /** The first byte says of which feed. */
    @MethodSource("letters")
    @FuzzTest(maxDuration = "15m")
    void tellsOfALetterWithoutACardNumber(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Feed feed = Feed.values()[Math.floorMod(bytes[0], Feed.values().length)];
        byte[] value = Arrays.copyOfRange(bytes, 1, bytes.length);
        String text = new String(value, StandardCharsets.UTF_8);
        Letter letter = new Letter(new LetterId(feed.topic(), 0, 7, 5), "UNREADABLE", text, value, value);
        Original original = checks.original(letter);
        StringWriter line = new StringWriter();
        LetterFile.write(letter, original, checks.formatOrNull(letter), line);
        String page = Told.page(letter, original, checks.formatOrNull(letter), new Marks());
        // Hex is made of digits whatever it says; the bytes that it leaves out are asked about instead.
        for (String told : List.of(line.toString().replaceAll("\"bytes\":\"[^\"]*\"", ""), withoutHex(page))) {
            assertThat(CardNumbers.ofSchemeWithin(told)).as(told).isFalse();
        }
        assertThat(CardNumbers.within(Veil.text(text))).isFalse();
    }

    private static String withoutHex(String page) {
        return page.replaceAll("(?m)^[0-9a-f]{6}  (?:(?:[0-9a-f]{2}|••|  ) ){16} ", "");
    }

    static Stream<Arguments> files() {
        String record = NewerWriter.json(Refused.settlement("p-1").build());
        String line = "{\"id\":\"settlements:0:7@" + Refused.NOW + "\",\"record\":" + record + "}\n";
        return Stream.of(
                        line,
                        line + line,
                        "{\"id\":\"settlements:0:7@1\",\"record\":{\"4111111111111111\":1}}",
                        "[]\n\n{}")
                .map(text -> Arguments.of((Object) Refused.utf8(text)));
    }

    static Stream<Arguments> letters() {
        byte[] record = Refused.bytes(
                Refused.settlement("p-1").setTerminalId("4111111111111111").build());
        byte[] seed = new byte[record.length + 1];
        seed[0] = (byte) Feed.SETTLEMENTS.ordinal();
        System.arraycopy(record, 0, seed, 1, record.length);
        return Stream.of(seed, Refused.utf8("\0 4111 1111-1111 1111 "), Refused.utf8("\2{\"eventId\":\"e\"}"))
                .map(bytes -> Arguments.of((Object) bytes));
    }
}
