package io.tillwatch.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What this process has spent since the meter was set. */
final class Meter {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT_PEAK = "VmHWM:";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long wallNanos;
    private final long cpuNanos;

    /** Sets it to zero. */
    Meter() {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        cpuNanos = system.getProcessCpuTime();
        wallNanos = System.nanoTime();
    }

    long wallMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - wallNanos);
    }

    long cpuMillis() {
        return TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime() - cpuNanos);
    }

    /** The sum over the heap's pools, each at its fullest. */
    long heapPeakMegabytes() {
        return heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    }

    /** Since the process began; 0 where the system does not tell. */
    static long residentPeakMegabytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT_PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
