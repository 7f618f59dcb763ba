package io.tillwatch.jobs.given;

import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.duplicate.Lookalikes;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.Authorization;
import io.tillwatch.rules.fact.Capture;
import io.tillwatch.rules.fact.Facts;
import io.tillwatch.rules.fact.FeedRecord;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.rules.fact.Reversal;
import io.tillwatch.rules.fact.Settlement;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Values of the rules' and the jobs' records by chance: bounds, strange texts, repeated texts, absent fields. */
public final class RandomValues {

    private static final String[] TEXTS = {
        "", "p-1", "mer-1", "GBP", "00", "é", "东方红", "😀", "x".repeat(128), "\u0001", "tok_00000000000000000001"
    };
    private static final long[] NUMBERS = {
        0, 1, -1, 63, 64, -64, -65, 12_500, 1_000_000_000_000L, Given.T0, Long.MIN_VALUE, Long.MAX_VALUE
    };

    /** Which of the fields that may be absent are there. */
    public enum Optional {
        ALL,
        NONE,
        SOME
    }

    private final Random random;
    private final Optional optional;

    public RandomValues(long seed, Optional optional) {
        this.random = new Random(seed);
        this.optional = optional;
    }

    /** A value of a record, or of one of the records that a sealed interface permits. */
    public <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    public Lookalikes lookalikes() {
        List<Lookalikes.Held> held = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Lookalikes.Held some = of(Lookalikes.Held.class);
            held.add(new Lookalikes.Held("p" + i, some.ofPaymentId(), some.confidence()));
        }
        return new Lookalikes(listOf(Sign.class), held, number());
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic);
        } else if (type == String.class) {
            return absent() ? null : text();
        } else if (type == Long.class) {
            return absent() ? null : number();
        } else if (type == long.class) {
            return number();
        } else if (type == int.class) {
            return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(200);
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == byte[].class) {
            return absent() ? null : bytes();
        } else if (type == Facts.class) {
            return facts();
        } else if (type == Evidence.class && absent()) {
            return null;
        } else if (type == Inbound.class) {
            return inbound();
        } else if (type == PolicyInbound.class) {
            PolicyInbound both = (PolicyInbound) record(PolicyInbound.class);
            return random.nextBoolean()
                    ? new PolicyInbound(both.change(), null)
                    : new PolicyInbound(null, both.deadLetter());
        } else if (type == PolicyChange.class) {
            Map<Setting, Long> settings = new HashMap<>();
            Stream.of(Setting.values()).filter(s -> !absent()).forEach(s -> settings.put(s, number()));
            return new PolicyChange(text(), settings);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return pick(raw.getEnumConstants());
        } else if (raw.isSealed()) {
            return value(pick(raw.getPermittedSubclasses()));
        }
        return record(raw);
    }

    private Object record(Class<?> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(components[i].getGenericType());
            }
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no value of " + type, e);
        }
    }

    private Object collection(ParameterizedType type) {
        if (type.getRawType() == List.class) {
            return listOf((Class<?>) type.getActualTypeArguments()[0]);
        }
        Map<String, Long> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put(text(), number());
        }
        return map;
    }

    private <T> List<T> listOf(Class<T> type) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(of(type));
        }
        return list;
    }

    /** The first record of a feed is the first of its list. */
    private Facts facts() {
        List<Authorization> authorizations = listOf(Authorization.class);
        List<Capture> captures = listOf(Capture.class);
        List<Settlement> settlements = listOf(Settlement.class);
        List<Reversal> reversals = listOf(Reversal.class);
        List<FeedRecord> candidates = new ArrayList<>();
        for (List<? extends FeedRecord> list : List.of(authorizations, captures, settlements, reversals)) {
            list.stream().limit(1).forEach(candidates::add);
        }
        return new Facts(
                authorizations,
                captures,
                settlements,
                reversals,
                listOf(Outcome.class),
                listOf(Suspicion.class),
                candidates.isEmpty() ? null : pick(candidates.toArray(FeedRecord[]::new)),
                random.nextBoolean());
    }

    private Inbound inbound() {
        Inbound both = (Inbound) record(Inbound.class);
        return new Inbound(both.arrivedAtMillis(), absent() ? null : both.event(), absent() ? null : both.deadLetter());
    }

    private boolean absent() {
        return switch (optional) {
            case ALL -> false;
            case NONE -> true;
            case SOME -> random.nextInt(3) == 0;
        };
    }

    private String text() {
        return random.nextInt(3) == 0 ? "id-" + random.nextInt(100_000) : pick(TEXTS);
    }

    private long number() {
        return random.nextInt(3) == 0
                ? random.nextLong() >> random.nextInt(64)
                : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(T[] some) {
        return some[random.nextInt(some.length)];
    }
}
