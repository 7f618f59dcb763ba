package io.tillwatch.cli.chaos;

import io.tillwatch.cli.process.Home;
import io.tillwatch.cli.process.ProgramProcess;
import io.tillwatch.cli.process.ProgramProcess.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An acquirer simulator that is started again, on the same ports and books, whenever it dies. */
final class AcquirerProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Program program;
    private final List<String> arguments;
    private final Deeds deeds;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    private final int httpPort;
    private final int isoPort;
    private volatile ProgramProcess process;

    /**
     * Starts it.
     *
     * @param directory of its books and its log
     * @param further arguments
     */
    AcquirerProcess(Home home, String name, Path directory, List<String> further, Deeds deeds)
            throws InterruptedException {
        this.deeds = deeds;
        this.program = new Program(
                name,
                home.classPath("acquirer"),
                "io.tillwatch.acquirer.AcquirerMain",
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                directory.resolveSibling(name + ".log"),
                Pattern.compile("acquirer ready http=(\\d+) iso=(\\d+)"));
        this.arguments = new ArrayList<>(List.of("--dir", directory.toString(), "--with-parent"));
        arguments.addAll(further);
        List<Integer> ports = FreePorts.two();
        arguments.addAll(List.of(
                "--http-port",
                ports.get(0).toString(),
                "--iso-port",
                ports.get(1).toString()));
        Matcher ready = start();
        this.httpPort = Integer.parseInt(ready.group(1));
        this.isoPort = Integer.parseInt(ready.group(2));
        this.keeper = new Thread(this::keep, name + "-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    int httpPort() {
        return httpPort;
    }

    int isoPort() {
        return isoPort;
    }

    private Matcher start() throws InterruptedException {
        process = ProgramProcess.start(program, arguments);
        return process.awaitReady(READY_WITHIN)
                .orElseThrow(() -> new IllegalStateException(
                        "the acquirer simulator does not start: its log is " + program.log()));
    }

    private void keep() {
        try {
            while (closing.getCount() > 0) {
                if (process.awaitEnd(LOOK_EVERY) && closing.getCount() > 0) {
                    deeds.died("acquirer by itself");
                    start();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
    }
}
