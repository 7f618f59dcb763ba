package io.tillwatch.jobs.replay;

import static io.tillwatch.jobs.replay.Line.T;
import static io.tillwatch.jobs.replay.Line.approval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay is refused for, before any cluster is started. */
class ReplayRefusedTest {

    @TempDir
    private Path temporary;

    private Path in;
    private Path out;

    @BeforeEach
    void makeFolders() throws Exception {
        in = Files.createDirectory(temporary.resolve("in"));
        out = temporary.resolve("out");
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThat(problems(new ReplaySettings(
                        temporary.resolve("nowhere"), file, OptionalLong.of(-1), 0, StateBackend.HEAP)))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("as-of -1"),
                        problem -> assertThat(problem).contains("parallelism 0"),
                        problem -> assertThat(problem).contains("nowhere does not exist"),
                        problem -> assertThat(problem).contains("output folder " + file + " cannot be written"));
    }

    @Test
    void aFolderWithNoneOfTheFiles() throws Exception {
        Files.writeString(in.resolve("policies.jsonl"), "{\"scope\":\"*\"}\n");
        Files.writeString(in.resolve("authorisations.jsonl"), approval("p", T) + "\n");

        assertThat(problems()).singleElement().asString().contains("no file to replay", "authorizations.jsonl");
    }

    @Test
    void aFileThatIsThereTwice() throws Exception {
        Files.writeString(in.resolve("captures.jsonl"), "");
        Files.writeString(in.resolve("captures.jsonl.gz"), "");

        assertThat(problems()).singleElement().asString().contains("captures.jsonl", "remove");
    }

    @Test
    void anInputThatIsAFile() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThat(problems(new ReplaySettings(file, out, OptionalLong.empty(), 1, StateBackend.HEAP)))
                .singleElement()
                .asString()
                .contains("is no folder");
    }

    @Test
    void filesThatAreCutOffOrNotZippedAndLeavesNothingBehind() throws Exception {
        new Folder(null, temporary).withZipped("captures.jsonl.gz", approval("p", T), approval("q", T));
        Path zipped = in.resolve("captures.jsonl.gz");
        byte[] whole = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(in.resolve("reversals.jsonl.gz"), "{}\n");
        Files.writeString(in.resolve("policies.jsonl.gz"), "{}\n");

        assertThat(problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("captures.jsonl.gz cannot be read to its end"),
                        problem -> assertThat(problem).contains("reversals.jsonl.gz cannot be read to its end"),
                        problem -> assertThat(problem).contains("policies.jsonl.gz cannot be read to its end"));
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).isEmpty();
        }
    }

    private List<String> problems() {
        return problems(new ReplaySettings(in, out, OptionalLong.empty(), 1, StateBackend.HEAP));
    }

    private static List<String> problems(ReplaySettings settings) {
        ReplayRefusedException refused =
                catchThrowableOfType(ReplayRefusedException.class, () -> ReplayJob.run(settings, ReplayListener.NONE));
        return refused.problems();
    }
}
