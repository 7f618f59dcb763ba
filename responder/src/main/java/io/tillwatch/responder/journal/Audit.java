package io.tillwatch.responder.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * What people did, and what the responder did against expectation: append-only, each row bound to the one before it.
 *
 * <p>hash = SHA-256(hash of the row before ‖ canonical JSON of the row): its fields in the order of {@link Entry}, the keys of
 * detail sorted. Rows are numbered from 1 without a gap. A row that was changed, removed or put in between is found; that rows
 * at the end were cut off is found only against a head that was kept elsewhere.
 */
public final class Audit {

    /** The person of what the program did by itself. */
    public static final String RESPONDER = "responder";

    private static final long LOCK = 0x7469_6c6c_6175_6474L;
    private static final HexFormat HEX = HexFormat.of();
    private static final int FETCH_ROWS = 1_000;
    private static final String BEFORE_THE_FIRST = "0".repeat(64);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** A row. */
    public record Entry(long id, Instant at, String person, String verb, String subject, String detail) {}

    /** What a look at the whole chain gave. */
    public sealed interface Verification {
        /** @param head hash of the last row in hex; zeros if there is none */
        record Whole(long rows, String head) implements Verification {}

        /** @param id the first row that does not follow from those before it, or is missing */
        record Broken(long id, String what) implements Verification {}
    }

    private Audit() {}

    /**
     * Appends a row in the transaction of what it tells of. Appending waits for other transactions that have appended and not
     * ended: do it last.
     *
     * @param detail texts, whole numbers, booleans and nulls by name; never card data
     */
    public static void append(Handle handle, String person, String verb, String subject, Map<String, ?> detail) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        Head head = handle.createQuery("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
                .map((row, context) -> new Head(row.getLong(1), HEX.formatHex(row.getBytes(2))))
                .findOne()
                .orElse(new Head(0, BEFORE_THE_FIRST));
        Instant at = handle.createQuery("SELECT date_trunc('milliseconds', clock_timestamp())")
                .mapTo(Instant.class)
                .one();
        Entry entry = new Entry(head.id() + 1, at, person, verb, subject, sorted(detail));
        handle.createUpdate("INSERT INTO audit (id, at, person, verb, subject, detail, previous, hash)"
                        + " VALUES (:id, :at, :person, :verb, :subject, CAST(:detail AS jsonb), :previous, :hash)")
                .bind("id", entry.id())
                .bind("at", entry.at())
                .bind("person", person)
                .bind("verb", verb)
                .bind("subject", subject)
                .bind("detail", entry.detail())
                .bind("previous", HEX.parseHex(head.hash()))
                .bind("hash", HEX.parseHex(hash(head.hash(), entry)))
                .execute();
    }

    /** Looks at every row. Takes a transaction of its own, for rows are fetched bit by bit. */
    public static Verification verify(Handle handle, OptionalLong keptId, Optional<String> keptHash) {
        return handle.inTransaction(inside -> {
            Chain chain = new Chain(keptId, keptHash);
            try (var rows = inside.createQuery(
                            "SELECT id, at, person, verb, subject, detail::text, previous, hash FROM audit ORDER BY id")
                    .setFetchSize(FETCH_ROWS)
                    .map((row, context) -> new Link(
                            new Entry(
                                    row.getLong(1),
                                    row.getTimestamp(2).toInstant(),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6)),
                            HEX.formatHex(row.getBytes(7)),
                            HEX.formatHex(row.getBytes(8))))
                    .iterator()) {
                while (rows.hasNext()) {
                    Optional<Verification> broken = chain.follow(rows.next());
                    if (broken.isPresent()) {
                        return broken.get();
                    }
                }
            }
            return chain.end();
        });
    }

    private record Head(long id, String hash) {}

    private record Link(Entry entry, String previous, String hash) {}

    private static final class Chain {
        private final OptionalLong keptId;
        private final Optional<String> keptHash;
        private long id;
        private String hash = BEFORE_THE_FIRST;

        Chain(OptionalLong keptId, Optional<String> keptHash) {
            this.keptId = keptId;
            this.keptHash = keptHash;
        }

        Optional<Verification> follow(Link link) {
            long expected = id + 1;
            if (link.entry().id() != expected) {
                return broken(
                        expected,
                        "row " + expected + " is missing: " + link.entry().id() + " follows " + id);
            }
            if (!link.previous().equals(hash)) {
                return broken(expected, "row " + expected + " does not follow from the one before it");
            }
            if (!link.hash().equals(Audit.hash(hash, link.entry()))) {
                return broken(expected, "row " + expected + " was changed");
            }
            id = expected;
            hash = link.hash();
            if (keptId.isPresent()
                    && keptId.getAsLong() == id
                    && !keptHash.orElse(hash).equals(hash)) {
                return broken(id, "row " + id + " is not the one that was kept: the chain was written anew");
            }
            return Optional.empty();
        }

        Verification end() {
            if (keptId.isPresent() && keptId.getAsLong() > id) {
                return new Verification.Broken(
                        id + 1, "rows " + (id + 1) + " to " + keptId.getAsLong() + " are cut off");
            }
            return new Verification.Whole(id, hash);
        }

        private static Optional<Verification> broken(long id, String what) {
            return Optional.of(new Verification.Broken(id, what));
        }
    }

    private static String hash(String previous, Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("at", entry.at().toString());
        row.put("detail", tree(entry.detail()));
        row.put("id", entry.id());
        row.put("person", entry.person());
        row.put("subject", entry.subject());
        row.put("verb", entry.verb());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HEX.parseHex(previous));
            return HEX.formatHex(digest.digest(JSON.writeValueAsString(row).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("a row of the audit cannot be hashed", e);
        }
    }

    private static String sorted(Map<String, ?> detail) {
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the detail of a row of the audit is no JSON", e);
        }
    }

    /** As maps, so that the keys are sorted when written: the database keeps them in an order of its own. */
    private static Object tree(String detail) {
        try {
            JsonNode node = JSON.readTree(detail);
            return JSON.treeToValue(node, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of a row of the audit is no JSON", e);
        }
    }
}
