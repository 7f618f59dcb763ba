package io.tillwatch.cli.chaos;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Follows the audit's chain from its beginning, by what its table says of itself. For one thread. */
final class AuditChain {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private byte[] head = new byte[32];
    private long rows;
    private String broken;
    private final Set<String> rejected = new HashSet<>();

    /** A row of the table. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Link(
            long id,
            Instant at,
            String person,
            String verb,
            String subject,
            String detail,
            byte[] previous,
            byte[] hash) {}

    /**
     * What was found.
     *
     * @param broken what is wrong with it; null if nothing is
     * @param rejected subjects of which something was rejected
     */
    record Result(long rows, String broken, Set<String> rejected) {}

    void follow(Link link) {
        rows++;
        if (link.verb().startsWith("REJECTED")) {
            rejected.add(link.subject());
        }
        if (broken != null) {
            return;
        }
        if (link.id() != rows) {
            broken = "row " + rows + " is missing";
        } else if (!Arrays.equals(link.previous(), head)) {
            broken = "row " + rows + " does not follow from the one before it";
        } else if (!Arrays.equals(link.hash(), hash(link))) {
            broken = "row " + rows + " is not what was hashed";
        }
        head = link.hash();
    }

    Result result() {
        return new Result(rows, broken, Set.copyOf(rejected));
    }

    private byte[] hash(Link link) {
        try {
            Map<String, Object> row = new TreeMap<>();
            row.put("at", link.at().toString());
            row.put("detail", JSON.readValue(link.detail(), Object.class));
            row.put("id", link.id());
            row.put("person", link.person());
            row.put("subject", link.subject());
            row.put("verb", link.verb());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(head);
            return digest.digest(JSON.writeValueAsString(row).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("row " + link.id() + " of the audit cannot be hashed", e);
        }
    }
}
