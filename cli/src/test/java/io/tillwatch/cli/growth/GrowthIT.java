package io.tillwatch.cli.growth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small cell with everything real: a broker, the jobs in a process of their own, a kill. */
class GrowthIT {

    @Test
    void fillsMeasuresAndComesBackFromTheCheckpoint() throws Exception {
        Cell cell = new Cell(Cell.Keeps.ROCKSDB, 2, 2_000);
        List<String> told = new ArrayList<>();

        Grown grown = new GrowthRun(cell, "PT2S", 3_000, Duration.ofSeconds(60), told::add).measure();

        assertThat(grown.steadyRecords()).isEqualTo(3_000);
        assertThat(grown.steadyCpu()).isPositive();
        assertThat(grown.full().stateBytes()).isGreaterThan(2_000 * 50);
        assertThat(grown.later().stateBytes()).isGreaterThan(grown.full().stateBytes());
        assertThat(grown.restart().firstAlert())
                .isGreaterThanOrEqualTo(grown.restart().allTasksRun());
        assertThat(told).isNotEmpty();
        JsonNode json = new ObjectMapper().readTree(new GrowthReport("here", List.of(grown), List.of(), 4).json());
        assertThat(json.at("/growth/0/open").asLong()).isEqualTo(2_000);
        assertThat(json.at("/sizing"))
                .as("3,000 records are nothing to estimate by")
                .isEmpty();
    }
}
