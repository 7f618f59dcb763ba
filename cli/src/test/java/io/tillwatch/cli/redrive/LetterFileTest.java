package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.registry.Wire;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterFileTest {

    private static final String GOOD = "{\"id\":\"settlements:0:7@1\",\"record\":{}}";

    private final Checks checks = new Checks(Wire.withoutRegistry(), Topic.DEFAULT_PREFIX, List.of(), Refused.NOW);

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        Letter letter = Refused.letter(Refused.settlement("p-1").setAmount(0).build());
        LetterFile.Content content = LetterFile.read(file(written(letter)));
        assertThat(content.problems()).isEmpty();
        assertThat(content.lines()).singleElement().satisfies(line -> {
            assertThat(line.number()).isEqualTo(1);
            assertThat(line.id()).isEqualTo(letter.id());
            assertThat(line.record().path("amount").longValue()).isZero();
            assertThat(line.record().path("paymentId").textValue()).isEqualTo("p-1");
        });
    }

    @Test
    void saysWhyThereIsNoRecordAndWhatToDo() throws IOException {
        String card = written(Refused.letter(
                Refused.settlement("p-1").setTerminalId("4111111111111111").build()));
        assertThat(card)
                .contains("\"record\":null", "held a card number", "with the token", "\"key\":\"p-1\"")
                .doesNotContain("4111111111111111", "\"bytes\"");
        String raw = written(Refused.letter(Feed.SETTLEMENTS, 7, Refused.utf8("p-1"), Refused.utf8("hello")));
        assertThat(raw).contains("\"record\":null", "\"bytes\":\"68656c6c6f\"", "--as-is --code UNREADABLE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            not JSON                                                    | line 2: is not valid JSON (column
            {"id":"settlements:0:8@1","record":{}} x                    | line 2: is not valid JSON
            {"id":"settlements:0:8@1","id":"a","record":{}}             | line 2: is not valid JSON
            []                                                          | line 2: has no id
            {"id":"settlements:0:8","record":{}}                        | line 2: has no id
            {"record":{}}                                               | line 2: has no id
            {"id":"settlements:0:8@1"}                                  | line 2: settlements:0:8 has no record
            {"id":"settlements:0:8@1","record":null}                    | line 2: settlements:0:8 has no record
            {"id":"settlements:0:8@1","record":"{}"}                    | line 2: settlements:0:8 has no record
            {"id":"settlements:0:7@1","record":{}}                      | line 2: settlements:0:7 is in line 1 already
            """)
    void namesTheLineOfEachProblem(String line, String problem) throws IOException {
        LetterFile.Content content = LetterFile.read(file(GOOD + "\n" + line + "\n\n"));
        assertThat(content.problems()).singleElement().asString().startsWith(problem);
        assertThat(content.lines()).hasSize(1);
    }

    @Test
    void neverQuotesALineForItMayHoldACardNumber() throws IOException {
        LetterFile.Content content = LetterFile.read(file("4111111111111111 {\"4111111111111111\"\n"));
        assertThat(content.problems()).singleElement().asString().doesNotContain("4111");
    }

    @Test
    void saysThatAFileIsEmptyOrIsNotUtf8() throws IOException {
        assertThat(LetterFile.read(file("")).problems())
                .singleElement()
                .asString()
                .contains("is empty");
        Path latin = directory.resolve("latin");
        Files.write(latin, (GOOD + "\n\"Zürich\"\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(LetterFile.read(latin).problems()).singleElement().asString().contains("is not UTF-8");
    }

    private String written(Letter letter) throws IOException {
        StringWriter out = new StringWriter();
        LetterFile.write(letter, checks.original(letter), checks.formatOrNull(letter), out);
        return out.toString();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("letters.jsonl"), content);
    }
}
