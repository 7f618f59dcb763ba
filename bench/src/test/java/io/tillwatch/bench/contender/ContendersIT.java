package io.tillwatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.bench.workload.Detection;
import io.tillwatch.bench.workload.Plan;
import io.tillwatch.bench.workload.Truth;
import io.tillwatch.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every contender against one small workload in a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContendersIT {

    private static final Plan PLAN = new Plan(11, 3_000, 7);

    private Path directory;
    private Workload workload;
    private Truth truth;

    @BeforeAll
    void writeTheWorkload(@TempDir Path given) throws IOException {
        directory = given;
        workload = Workload.open(PLAN, directory.resolve("workload"));
        truth = Truth.read(workload.truthFile());
        assertThat(truth.findings()).extracting(finding -> finding.detection()).contains(Detection.values());
    }

    @AfterAll
    void stopTheBroker() {
        workload.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ContenderName.class,
            names = {"FLOOR_STATE", "TILLWATCH", "SQL", "CEP"})
    void findsWhatIsTrueAndNothingElse(ContenderName name) throws Exception {
        Pass pass = measure(name);

        assertThat(pass.missed()).hasToString("none");
        assertThat(pass.spurious()).hasToString("none");
    }

    /** Its partitions overtake each other by more than the day for which it keeps purchases. */
    @Test
    void kafkaStreamsMissesNothingButDuplicates() throws Exception {
        Pass pass = measure(ContenderName.STREAMS);

        assertThat(pass.missed().counts().keySet()).isSubsetOf(Detection.DUPLICATE_AUTHORIZATION);
        assertThat(pass.spurious()).hasToString("none");
    }

    @Test
    void isMeasuredInAProcessOfItsOwn() throws Exception {
        List<Pass> told = new ArrayList<>();
        ContenderProcess process =
                new ContenderProcess(setting("process"), 512, workload.truthFile(), directory, Optional.of(directory));

        Measured measured = process.run(ContenderName.FLOOR, 1, told::add);

        assertThat(measured.failure()).isEmpty();
        assertThat(measured.passes()).hasSize(1).isEqualTo(told);
        assertThat(measured.passes())
                .allSatisfy(pass -> assertThat(pass.cpuMillis()).isPositive());
        assertThat(directory.resolve("floor.svg")).content().contains("samples of threads busy in Java");
    }

    @Test
    void doesNotMixTwoWorkloadsInOneDirectory() {
        assertThatThrownBy(() -> Workload.open(new Plan(12, 3_000, 7), directory.resolve("workload")))
                .isInstanceOf(Workload.OtherWorkloadException.class)
                .hasMessageContaining("another workload");
    }

    private Pass measure(ContenderName name) throws Exception {
        Setting setting = setting(name.toString());
        Contender contender = name.start(setting);
        try (contender) {
            return ContenderMain.measure(contender, setting, 1, truth, name);
        }
    }

    private Setting setting(String name) {
        return new Setting(workload.bootstrapServers(), 2, directory.resolve(name));
    }
}
