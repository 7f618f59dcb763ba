package io.tillwatch.bench;

import io.tillwatch.bench.workload.JsonFolder;
import io.tillwatch.bench.workload.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes input for a replay. */
@Command(
        name = "generate",
        description = {
            "Writes authorizations, captures and settlements of made-up payments as JSON lines, in the order of arrival:"
                    + " 1 %% are never captured, 1 %% never settled, 0.5 %% repeat another payment, 0.2 %% are settled with a"
                    + " wrong amount. The same seed gives the same payments.",
            ""
        },
        mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {

    @Option(names = "--payments", required = true, paramLabel = "N", description = "How many payments.")
    private int payments;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the files.")
    private Path out;

    @Option(names = "--seed", paramLabel = "S", description = "By default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--days",
            paramLabel = "D",
            description = "Over how many days the payments are spread; by default ${DEFAULT-VALUE}.")
    private int days = 7;

    @Override
    public Integer call() throws IOException {
        Plan plan;
        try {
            plan = new Plan(seed, payments, days);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        JsonFolder.write(plan, out);
        return 0;
    }
}
