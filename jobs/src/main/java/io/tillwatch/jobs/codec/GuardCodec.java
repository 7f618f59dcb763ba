package io.tillwatch.jobs.codec;

import io.tillwatch.rules.guard.FeedWatch;
import io.tillwatch.rules.guard.Guard;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The memory of an acquirer's guard, as it stands in state. */
public final class GuardCodec implements Codec<Guard.Memory> {

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Guard.Memory value, PackedOutput out) throws IOException {
        FactCodecs.writeList(value.feeds(), out, GuardCodec::writeFeed);
        FactCodecs.writeList(value.spent(), out, GuardCodec::writeSpent);
        out.writeCount(value.budgetRevision());
        out.writeBoolean(value.overBudget());
    }

    @Override
    public Guard.Memory read(PackedInput in, int version) throws IOException {
        return new Guard.Memory(
                FactCodecs.readList(in, GuardCodec::readFeed),
                FactCodecs.readList(in, GuardCodec::readSpent),
                in.readCount(),
                in.readBoolean());
    }

    private static void writeFeed(FeedWatch feed, PackedOutput out) throws IOException {
        out.writeLong(feed.awaitedSinceMillis());
        out.writeLong(feed.awaitedUntilMillis());
        out.writeCount(feed.moments());
        out.writeBoolean(feed.silent());
        out.writeCount(feed.revision());
    }

    private static FeedWatch readFeed(PackedInput in) throws IOException {
        return new FeedWatch(in.readLong(), in.readLong(), in.readCount(), in.readBoolean(), in.readCount());
    }

    private static void writeSpent(Guard.Spent spent, PackedOutput out) throws IOException {
        out.writeLong(spent.startMillis());
        out.writeCount(spent.commands());
        out.writeCount(spent.amounts().size());
        for (Map.Entry<String, Long> e : new TreeMap<>(spent.amounts()).entrySet()) {
            out.writeString(e.getKey());
            out.writeLong(e.getValue());
        }
    }

    private static Guard.Spent readSpent(PackedInput in) throws IOException {
        long start = in.readLong();
        int commands = in.readCount();
        Map<String, Long> amounts = new HashMap<>();
        int size = in.readCount();
        for (int i = 0; i < size; i++) {
            amounts.put(in.readString(), in.readLong());
        }
        return new Guard.Spent(start, commands, amounts);
    }
}
