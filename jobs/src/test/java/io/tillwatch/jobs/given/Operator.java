package io.tillwatch.jobs.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.codec.CodecType;
import io.tillwatch.jobs.wake.WakingOperator;
import io.tillwatch.rules.policy.PolicyChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/**
 * One operator on its own, of any parallelism, with real state: read to it, move its clock, restart it, look at what it
 * said. It travels to each task as in a job graph, by Java serialization.
 *
 * <p>When it is closed it has been seen that nothing which went in or came out was changed afterwards, as object reuse
 * demands.
 */
public final class Operator<I, O> implements AutoCloseable {

    private static final int PARALLELISM_MAX = 32;
    private static final int SNAPSHOT_BYTES_MAX = 256 * 1024 * 1024;

    /** Where state is kept. */
    public enum Backend {
        HEAP,
        ROCKSDB
    }

    private final Backend backend;
    private final TwoInputStreamOperator<I, PolicyChange, O> operator;
    private final KeySelector<I, String> key;
    private final TypeSerializer<I> in;
    private final TypeSerializer<O> out;
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, I, PolicyChange, O>> tasks = new ArrayList<>();

    private final List<O> said = new ArrayList<>();
    private final Map<OutputTag<?>, List<Object>> saidAside = new LinkedHashMap<>();
    private final List<Witness<?>> witnesses = new ArrayList<>();

    /** What a value was when it was seen first. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares witnesses
    private record Witness<T>(T value, TypeSerializer<T> serializer, byte[] bytes) {}

    /** An operator of one task that has read nothing. */
    public Operator(
            Backend backend,
            TwoInputStreamOperator<I, PolicyChange, O> operator,
            KeySelector<I, String> key,
            CodecType<I> in,
            CodecType<O> out,
            OutputTag<?>... aside) {
        this.backend = backend;
        this.operator = operator;
        this.key = key;
        this.in = in.createSerializer(new SerializerConfigImpl());
        this.out = out.createSerializer(new SerializerConfigImpl());
        for (OutputTag<?> tag : aside) {
            saidAside.put(tag, new ArrayList<>());
        }
        start(null, 1, 1);
    }

    /** Reads a value in the task that its key belongs to. */
    public Operator<I, O> read(I value) {
        try {
            witness(value, in);
            int task = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key.getKey(value), PARALLELISM_MAX, tasks.size());
            tasks.get(task).processElement1(new StreamRecord<>(value));
            listen();
            return this;
        } catch (Exception e) {
            throw new AssertionError("reading " + value + " failed", e);
        }
    }

    /** Reads a change of policies in each task. */
    public Operator<I, O> policy(PolicyChange change) {
        try {
            for (var task : tasks) {
                task.processElement2(new StreamRecord<>(change));
            }
            return this;
        } catch (Exception e) {
            throw new AssertionError("changing the policy failed", e);
        }
    }

    /** Lets the clock reach a time in each task. */
    public Operator<I, O> clock(long millis) {
        try {
            for (var task : tasks) {
                task.processBothWatermarks(new Watermark(millis));
            }
            listen();
            return this;
        } catch (Exception e) {
            throw new AssertionError("the clock did not get to " + millis, e);
        }
    }

    /** Stops it and starts it anew with what it remembers. The clock begins at the beginning of time. */
    public Operator<I, O> restart() {
        return restart(tasks.size());
    }

    /** The same with another parallelism. */
    public Operator<I, O> restart(int parallelism) {
        int before = tasks.size();
        OperatorSubtaskState state = snapshot();
        stop();
        start(state, before, parallelism);
        return this;
    }

    /** What it remembers, of all tasks. */
    public OperatorSubtaskState snapshot() {
        try {
            OperatorSubtaskState[] states = new OperatorSubtaskState[tasks.size()];
            for (int i = 0; i < states.length; i++) {
                states[i] = tasks.get(i).snapshot(1, 1);
            }
            return AbstractStreamOperatorTestHarness.repackageState(states);
        } catch (Exception e) {
            throw new AssertionError("taking a snapshot failed", e);
        }
    }

    /** What it remembers in the form that every backend reads; of one task. */
    OperatorSubtaskState savepoint() {
        try {
            return tasks.get(0)
                    .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                    .getJobManagerOwnedState();
        } catch (Exception e) {
            throw new AssertionError("taking a savepoint failed", e);
        }
    }

    /** Starts it anew with what another one remembered. */
    public Operator<I, O> restartFrom(OperatorSubtaskState state) {
        stop();
        start(state, 1, 1);
        return this;
    }

    /** All that it said since the last time it was asked. */
    public List<O> said() {
        List<O> now = List.copyOf(said);
        said.clear();
        return now;
    }

    /** All that it said to a side output since the last time it was asked. */
    @SuppressWarnings("unchecked")
    public <T> List<T> said(OutputTag<T> tag) {
        List<Object> saidThere = saidAside.get(tag);
        List<T> now = (List<T>) List.copyOf(saidThere);
        saidThere.clear();
        return now;
    }

    /** How many timers are set, and how many wake-ups waited for. */
    public long timers() {
        long timers = 0;
        for (var task : tasks) {
            timers += task.numEventTimeTimers();
            if (task.getOperator() instanceof WakingOperator<?, ?> waking) {
                timers += waking.wakeUps();
            }
        }
        return timers;
    }

    /** How many keys have something in a state. */
    public long keys(String state) {
        long keys = 0;
        for (var task : tasks) {
            try (Stream<?> some = task.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                keys += some.count();
            }
        }
        return keys;
    }

    @Override
    public void close() {
        stop();
        for (Witness<?> witness : witnesses) {
            assertThat(bytes(witness))
                    .as("changed after it was handed over: %s", witness.value())
                    .isEqualTo(witness.bytes());
        }
    }

    private void start(OperatorSubtaskState state, int before, int parallelism) {
        try {
            for (int i = 0; i < parallelism; i++) {
                var task = new KeyedTwoInputStreamOperatorTestHarness<>(
                        InstantiationUtil.clone(operator), key, null, Types.STRING, PARALLELISM_MAX, parallelism, i);
                task.setStateBackend(
                        backend == Backend.HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend());
                task.setCheckpointStorage(new JobManagerCheckpointStorage(SNAPSHOT_BYTES_MAX));
                task.getExecutionConfig().enableObjectReuse();
                task.setup(out);
                if (state != null) {
                    task.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, PARALLELISM_MAX, before, parallelism, i));
                }
                task.open();
                tasks.add(task);
            }
        } catch (Exception e) {
            throw new AssertionError("the operator does not start", e);
        }
    }

    private void stop() {
        try {
            for (var task : tasks) {
                task.close();
            }
            tasks.clear();
        } catch (Exception e) {
            throw new AssertionError("the operator does not stop", e);
        }
    }

    @SuppressWarnings("unchecked")
    private void listen() {
        for (var task : tasks) {
            for (Object element : task.getOutput()) {
                if (element instanceof StreamRecord<?> record) {
                    O value = (O) record.getValue();
                    witness(value, out);
                    said.add(value);
                }
            }
            task.getOutput().clear();
            saidAside.forEach((tag, saidThere) -> listen(task, tag, saidThere));
        }
    }

    private <T> void listen(AbstractStreamOperatorTestHarness<O> task, OutputTag<T> tag, List<Object> saidThere) {
        Queue<StreamRecord<T>> queue = task.getSideOutput(tag);
        if (queue != null) {
            for (StreamRecord<T> record : queue) {
                witness(record.getValue(), tag.getTypeInfo().createSerializer(new SerializerConfigImpl()));
                saidThere.add(record.getValue());
            }
            queue.clear();
        }
    }

    private <T> void witness(T value, TypeSerializer<T> serializer) {
        witnesses.add(new Witness<>(value, serializer, bytes(value, serializer)));
    }

    private static <T> byte[] bytes(Witness<T> witness) {
        return bytes(witness.value(), witness.serializer());
    }

    private static <T> byte[] bytes(T value, TypeSerializer<T> serializer) {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(256);
            serializer.serialize(value, bytes);
            return bytes.getCopyOfBuffer();
        } catch (IOException e) {
            throw new AssertionError("cannot be written: " + value, e);
        }
    }
}
