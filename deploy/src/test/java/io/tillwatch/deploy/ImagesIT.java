package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.deploy.Images.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images, as far as that can be told without Docker: after the build, for they are made of what it made. */
class ImagesIT {

    private static final Map<String, Stage> STAGES = Images.stages();

    @Test
    void areAllThatTheManifestsName() {
        assertThat(STAGES).containsOnlyKeys("java", "responder", "console", "notifier", "acquirer", "tools", "jobs");
    }

    @Test
    void beginWithNamedVersionsAndEndWithAUserWhoIsNotRoot() {
        for (Stage stage : STAGES.values()) {
            if (STAGES.containsKey(stage.from())) {
                continue;
            }
            assertThat(stage.from()).matches("[a-z-]+:[0-9][0-9a-z.-]*").doesNotContain("latest");
            assertThat(stage.users().get(stage.users().size() - 1)).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
        }
        assertThat(STAGES.values()).allSatisfy(stage -> {
            assertThat(stage.users()).doesNotContain("root", "0", "0:0");
            assertThat(stage.text()).doesNotContainPattern("(?m)^ADD |https?://");
        });
    }

    @Test
    void areRunAsTheUserThatThePodsSay() {
        Manifests.pods(Manifests.base()).forEach((name, pod) -> {
            boolean flink = name.equals("tillwatch-lifecycle") || name.equals("tillwatch-duplicates");
            List<String> users = STAGES.get(flink ? "jobs" : "java").users();
            long user = pod.getSpec().getSecurityContext().getRunAsUser();
            long group = pod.getSpec().getSecurityContext().getRunAsGroup();
            assertThat(users.get(users.size() - 1)).as(name).isEqualTo(user + ":" + group);
        });
    }

    @Test
    void areMadeOfWhatTheBuildMadeAndNothingElse() throws IOException {
        List<String> let = Checkout.text(Checkout.DEPLOY.resolve("docker/Dockerfile.dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        for (Stage stage : STAGES.values()) {
            for (String from : stage.copies().keySet()) {
                assertThat(built(from)).as(from).hasSize(1);
                String path = Checkout.ROOT.relativize(built(from).get(0)).toString();
                assertThat(let)
                        .as("what lets %s in", from)
                        .anyMatch(glob -> Path.of(path)
                                .getFileSystem()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(path)));
            }
        }
    }

    static Stream<Stage> programs() {
        return STAGES.values().stream().filter(stage -> !stage.entryPoint().isEmpty());
    }

    /** With the files where the image has them, and the command that it runs. */
    @ParameterizedTest
    @MethodSource("programs")
    void startWhatTheySay(Stage stage) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        for (String word : stage.entryPoint()) {
            String here = word;
            for (Map.Entry<String, String> copy : stage.copies().entrySet()) {
                Path source = built(copy.getKey()).get(0);
                String target = copy.getValue().equals("./")
                        ? source.getFileName().toString()
                        : copy.getValue().replaceAll("/$", "");
                here = here.replace("/opt/tillwatch/" + target, source.toString());
            }
            command.add(here);
        }
        assertThat(String.join(" ", command)).doesNotContain("/opt/tillwatch");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--help");
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(told).isZero();
        assertThat(told).contains("Usage:");
    }

    /** A file or folder of the checkout, or the one that a pattern means. */
    private static List<Path> built(String source) throws IOException {
        Path given = Path.of(source);
        Path directory = Checkout.ROOT.resolve(given).getParent();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName()
                            .getFileSystem()
                            .getPathMatcher("glob:" + given.getFileName())
                            .matches(file.getFileName()))
                    .toList();
        }
    }
}
