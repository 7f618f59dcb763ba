package io.tillwatch.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * The samples of threads that were busy in Java, as a tree from their first methods to those that ran. Native code, RocksDB's
 * and the collector's too, has samples of its own kind or none, and is not in it.
 */
public final class Stacks {

    private static final String SAMPLE = "jdk.ExecutionSample";

    private Stacks() {}

    /** A method, the methods that it called, and in how many samples it was there. */
    public static final class Node {

        private final String name;
        private final Map<String, Node> callees = new TreeMap<>();
        private long samples;

        Node(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        public long samples() {
            return samples;
        }

        /** In the order of their names, so that the same profile is the same picture. */
        public List<Node> callees() {
            return List.copyOf(callees.values());
        }

        void add(List<String> fromTheTop) {
            Node node = this;
            node.samples++;
            for (String method : fromTheTop) {
                node = node.callees.computeIfAbsent(method, Node::new);
                node.samples++;
            }
        }
    }

    /**
     * Reads a recording.
     *
     * @param from samples before it are left out
     */
    public static Node read(Path recording, Instant from) throws IOException {
        Node all = new Node("all");
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null
                        && !event.getStartTime().isBefore(from)) {
                    all.add(methods(event.getStackTrace().getFrames()));
                }
            }
        }
        return all;
    }

    private static List<String> methods(List<RecordedFrame> fromTheEnd) {
        List<String> methods = new ArrayList<>();
        for (RecordedFrame frame : fromTheEnd) {
            if (frame.isJavaFrame()) {
                RecordedMethod method = frame.getMethod();
                methods.add(method.getType().getName() + "." + method.getName());
            }
        }
        Collections.reverse(methods);
        return methods;
    }
}
