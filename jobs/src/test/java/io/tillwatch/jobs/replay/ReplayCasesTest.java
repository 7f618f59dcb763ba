package io.tillwatch.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.replay.ReplaySettings.StateBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole folders of input through both passes, held against what is expected of them. */
@ExtendWith(OneCluster.class)
class ReplayCasesTest {

    private static final Path EXAMPLE = Path.of("../examples/corner-shop");
    private static final Path CASES = Path.of("../../shared/cases");

    private static final String[] ALERT = {
        "alertId",
        "revision",
        "status",
        "type",
        "severity",
        "scope",
        "paymentId",
        "subject",
        "amount",
        "cause",
        "commandId",
        "detectedAt"
    };
    private static final String[] COMMAND = {
        "commandId",
        "issue",
        "status",
        "alertId",
        "paymentId",
        "action",
        "amount",
        "cause",
        "approval",
        "approvalReason",
        "issuedAt",
        "notBefore",
        "expiresAt"
    };

    @TempDir
    private Path out;

    @Test
    void theExampleGivesToTheByteWhatStandsBesideIt(ReplayCluster cluster) throws Exception {
        ReplayJob.run(settings(EXAMPLE), cluster);

        for (String name : List.of("alerts.jsonl", "commands.jsonl", "dead-letters.jsonl", "summary.json")) {
            assertThat(out.resolve(name))
                    .hasSameTextualContentAs(EXAMPLE.resolve("expected").resolve(name));
        }
    }

    static Stream<Path> cases() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CASES), "there is no folder of cases beside the project");
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatAnotherImplementationGave(Path folder, ReplayCluster cluster) throws Exception {
        ReplayJob.run(settings(folder), cluster);

        assertThat(Folder.rows(out.resolve("alerts.jsonl"), ALERT))
                .containsExactlyInAnyOrderElementsOf(Folder.rows(folder.resolve("expected/alerts.jsonl"), ALERT));
        assertThat(Folder.rows(out.resolve("commands.jsonl"), COMMAND))
                .containsExactlyInAnyOrderElementsOf(Folder.rows(folder.resolve("expected/commands.jsonl"), COMMAND));
    }

    private ReplaySettings settings(Path in) {
        return new ReplaySettings(in, out, OptionalLong.empty(), 2, StateBackend.HEAP);
    }
}
