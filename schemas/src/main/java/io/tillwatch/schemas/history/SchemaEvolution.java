package io.tillwatch.schemas.history;

import static org.apache.avro.SchemaCompatibility.SchemaIncompatibilityType.MISSING_ENUM_SYMBOLS;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * What a new version of a schema may change. Everyone must be able to read everyone: this build what any shipped version
 * wrote, and any shipped version what this build writes. Beyond Avro's own rules, which only ask whether bytes can be
 * read, nothing is removed and no meaning changes: neither a logical type (milliseconds into microseconds), nor the
 * default that stands for an absent value.
 *
 * <p>An enum has no default symbol: a reader must not take an action or a status that it does not know for another one.
 * So a new symbol makes a record unreadable for older readers, which is a break. It is allowed only in enums that say
 * {@code "readersFirst": true} in their schema, where no money moves on the symbol: every reader is upgraded before the
 * first writer.
 */
public final class SchemaEvolution {

    /** The property by which an enum allows new symbols. */
    static final String READERS_FIRST = "readersFirst";

    private SchemaEvolution() {}

    /**
     * All that is wrong with a schema in the light of the versions shipped; empty if nothing is.
     *
     * @param shipped oldest first
     * @param current with or without the properties of Java's code generator
     */
    public static List<String> problems(List<Schema> shipped, Schema current) {
        Schema now = plain(current);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < shipped.size(); i++) {
            Schema then = shipped.get(i);
            String version = "v" + (i + 1);
            for (String problem : unreadable(now, then)) {
                problems.add("cannot read what " + version + " wrote: " + problem);
            }
            for (Incompatibility problem : incompatibilities(then, now)) {
                if (!readersFirst(problem)) {
                    problems.add(version + " cannot read what is now written: " + describe(problem));
                }
            }
            keeps(version, then.getName(), then, now, new HashSet<>(), problems);
        }
        if (problems.isEmpty() && !newestIs(now, shipped)) {
            String file = now.getName() + "/v" + (shipped.size() + 1) + ".avsc";
            problems.add(
                    "is not the newest version in its history: add src/main/resources/io/tillwatch/schemas/history/"
                            + file + " (a copy is in target/history/" + file
                            + ") and leave the older versions as they are");
        }
        return problems;
    }

    /** Why what was written with one schema cannot be read with the other; empty if it can. */
    public static List<String> unreadable(Schema reader, Schema writer) {
        return incompatibilities(reader, writer).stream()
                .map(SchemaEvolution::describe)
                .toList();
    }

    /** The schema without what Java's code generator adds, which is nobody else's concern. */
    static Schema plain(Schema schema) {
        String json = schema.toString().replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
        return new Schema.Parser().parse(json);
    }

    private static boolean newestIs(Schema now, List<Schema> shipped) {
        return !shipped.isEmpty() && shipped.get(shipped.size() - 1).equals(now);
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }

    private static boolean readersFirst(Incompatibility problem) {
        return problem.getType() == MISSING_ENUM_SYMBOLS
                && Boolean.TRUE.equals(problem.getReaderFragment().getObjectProp(READERS_FIRST));
    }

    private static String describe(Incompatibility problem) {
        return problem.getType() + " at " + problem.getLocation() + ": " + problem.getMessage();
    }

    /** Adds what the newer schema dropped or gave another meaning. Each named type is looked at once. */
    private static void keeps(
            String version, String path, Schema then, Schema now, Set<String> seen, List<String> problems) {
        if (then.getType() != now.getType()) {
            problems.add(path + " was " + then.getType().getName() + " in " + version + " and is "
                    + now.getType().getName());
            return;
        }
        if (!Objects.equals(logical(then), logical(now))) {
            problems.add(path + " was " + logical(then) + " in " + version + " and is " + logical(now)
                    + ": add a field instead");
        }
        switch (then.getType()) {
            case RECORD -> {
                if (seen.add(then.getFullName())) {
                    then.getFields().forEach(field -> keepsField(version, path, field, now, seen, problems));
                }
            }
            case ARRAY -> keeps(version, path, then.getElementType(), now.getElementType(), seen, problems);
            case UNION -> {
                for (Schema branch : then.getTypes()) {
                    Integer index = now.getIndexNamed(branch.getFullName());
                    if (index == null) {
                        problems.add(
                                path + " could be " + branch.getFullName() + " in " + version + " and no longer can");
                    } else {
                        keeps(version, path, branch, now.getTypes().get(index), seen, problems);
                    }
                }
            }
            default -> {
                // Names and symbols are Avro's own concern.
            }
        }
    }

    private static void keepsField(
            String version, String path, Schema.Field then, Schema record, Set<String> seen, List<String> problems) {
        String at = path + "." + then.name();
        Schema.Field now = record.getField(then.name());
        if (now == null) {
            problems.add(at + " is in " + version + " and is gone: nothing is ever removed");
            return;
        }
        if (!Objects.equals(then.defaultVal(), now.defaultVal())) {
            problems.add(at + " has another default than in " + version + ": absent would change its meaning");
        }
        keeps(version, at, then.schema(), now.schema(), seen, problems);
    }

    private static String logical(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? "a plain " + schema.getType().getName() : logical.getName();
    }
}
