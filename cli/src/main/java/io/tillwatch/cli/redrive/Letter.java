package io.tillwatch.cli.redrive;

import io.tillwatch.rules.fact.Feed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter.
 *
 * @param error the code for which the record was refused, as it is written there
 * @param reason the field and the bound
 * @param keyOrNull the record's key; null if it had none or it held a card number
 * @param valueOrNull its bytes; null if it had none or they held a card number
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came, which nobody compares
record Letter(LetterId id, String error, String reason, byte[] keyOrNull, byte[] valueOrNull) {

    /** The letter that a record of the topic is, or nothing where somebody else wrote it: see {@link LetterBox}. */
    static Optional<Letter> of(ConsumerRecord<byte[], byte[]> record) {
        String feed = header(record, "feed");
        String error = header(record, "error");
        String partition = header(record, "partition");
        String offset = header(record, "offset");
        String timestamp = header(record, "timestamp");
        if (feed == null || error == null || partition == null || offset == null || timestamp == null) {
            return Optional.empty();
        }
        String reason = header(record, "reason");
        return LetterId.of(feed + ":" + partition + ":" + offset + "@" + timestamp)
                .map(id -> new Letter(id, error, reason == null ? "" : reason, record.key(), record.value()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Where it may be sent back to; nothing for policies, and for a feed that this build does not know. */
    Optional<Feed> feed() {
        return Arrays.stream(Feed.values())
                .filter(feed -> feed.topic().equals(id.feed()))
                .findFirst();
    }

    /** Whether its bytes were left behind because they held a card number, and not because there were none. */
    boolean withheld() {
        return valueOrNull == null && !reason.startsWith("record: has no value");
    }
}
