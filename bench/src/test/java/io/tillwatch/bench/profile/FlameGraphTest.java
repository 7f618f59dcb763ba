package io.tillwatch.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {

    @Test
    void givesAMethodItsShareOfTheSamples() {
        Stacks.Node all = new Stacks.Node("all");
        all.add(List.of("java.lang.Thread.run", "io.tillwatch.A.first"));
        all.add(List.of("java.lang.Thread.run", "io.tillwatch.A.first"));
        all.add(List.of("java.lang.Thread.run", "io.tillwatch.A.first"));
        all.add(List.of("java.lang.Thread.run", "org.rocksdb.RocksDB.get"));

        assertThat(FlameGraph.of(all, "where it goes"))
                .contains("4 samples")
                .contains("<title>java.lang.Thread.run: 100.0 %</title>")
                .contains("<title>io.tillwatch.A.first: 75.0 %</title>")
                .contains("<title>org.rocksdb.RocksDB.get: 25.0 %</title>")
                .contains(">A.first</text>");
    }

    @Test
    void isEmptyWithoutSamples() {
        assertThat(FlameGraph.of(new Stacks.Node("all"), "nothing")).contains("0 samples");
    }
}
