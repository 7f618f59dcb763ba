package io.tillwatch.bench.report;

import java.lang.management.ManagementFactory;

/** Where it was measured. Figures without it mean nothing. */
public record Machine(int cores, long memoryMegabytes, String system, String jdk) {

    /** This one. */
    public static Machine here() {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                os.getAvailableProcessors(),
                os.getTotalMemorySize() >> 20,
                os.getName() + " " + os.getVersion() + " " + os.getArch(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    @Override
    public String toString() {
        return cores + " cores, " + memoryMegabytes + " MB, " + system + ", " + jdk;
    }
}
