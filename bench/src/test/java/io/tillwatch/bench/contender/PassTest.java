package io.tillwatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.bench.workload.Detection;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassTest {

    @Test
    void isReadBackFromItsLine() {
        Tally missed = new Tally(Map.of(Detection.DUPLICATE_AUTHORIZATION, 3, Detection.SETTLEMENT_AMOUNT_MISMATCH, 1));
        Pass pass = new Pass(2, 1_234, 5_678, 90, 120, missed, new Tally(Map.of()), 7);

        assertThat(Pass.isLine(pass.line())).isTrue();
        assertThat(Pass.parse(pass.line())).isEqualTo(pass);
    }

    @Test
    void everyContenderIsFoundByItsName() {
        for (ContenderName name : ContenderName.values()) {
            assertThat(ContenderName.named(name.toString())).contains(name);
        }
        assertThat(ContenderName.named("esper")).isEmpty();
    }
}
