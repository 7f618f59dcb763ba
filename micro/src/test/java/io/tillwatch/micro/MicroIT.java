package io.tillwatch.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MicroIT {

    @Test
    void measuresEveryStep() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = new CommandLine(new MicroMain())
                    .execute("--forks", "0", "--iterations", "1", "--millis", "20", "--json");
        } finally {
            System.setOut(out);
        }

        assertThat(exit).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "decodeAuthorization",
                        "decodeSettlement",
                        "assess",
                        "lifecycleOfThreeRecords",
                        "writeState",
                        "readState");
    }

    @Test
    void aPaymentGrowsWithItsRecords() {
        assertThat(MicroMain.stateBytes()).hasSize(3).isSorted().doesNotHaveDuplicates();
    }
}
