package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.IsoValue;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of docs/acquirer-protocol.md and how they are packed: a binary bitmap, the rest ASCII. There is no DE 2, in
 * what is sent as in what is read. Safe for use by several threads.
 */
final class IsoFormat {

    static final int PROCESSING = 3;
    static final int AMOUNT = 4;
    static final int TRANSMITTED = 7;
    static final int STAN = 11;
    static final int LOCAL_TIME = 12;
    static final int LOCAL_DATE = 13;
    static final int ACQUIRER = 32;
    static final int RRN = 37;
    static final int AUTH_CODE = 38;
    static final int RESPONSE = 39;
    static final int TERMINAL = 41;
    static final int MERCHANT = 42;
    static final int PRIVATE = 48;
    static final int CURRENCY = 49;
    static final int REFERENCE = 63;
    static final int MANAGEMENT = 70;
    static final int ORIGINAL = 90;

    private static final String ASCII = "US-ASCII";
    private static final int TYPE_BYTES = 4;
    private static final int BITMAP_BYTES = 8;
    private static final List<String> ANSWERS = List.of("0810", "0610", "0410", "0430", "0230", "0330");

    /** @param length of a field of fixed length; 0 if its length goes before it */
    private record Field(IsoType type, int length) {}

    private static final Map<Integer, Field> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry(PROCESSING, new Field(IsoType.NUMERIC, 6)),
            Map.entry(AMOUNT, new Field(IsoType.NUMERIC, 12)),
            Map.entry(TRANSMITTED, new Field(IsoType.NUMERIC, 10)),
            Map.entry(STAN, new Field(IsoType.NUMERIC, 6)),
            Map.entry(LOCAL_TIME, new Field(IsoType.NUMERIC, 6)),
            Map.entry(LOCAL_DATE, new Field(IsoType.NUMERIC, 4)),
            Map.entry(ACQUIRER, new Field(IsoType.LLVAR, 0)),
            Map.entry(RRN, new Field(IsoType.ALPHA, 12)),
            Map.entry(AUTH_CODE, new Field(IsoType.ALPHA, 6)),
            Map.entry(RESPONSE, new Field(IsoType.ALPHA, 2)),
            Map.entry(TERMINAL, new Field(IsoType.ALPHA, 8)),
            Map.entry(MERCHANT, new Field(IsoType.ALPHA, 15)),
            Map.entry(PRIVATE, new Field(IsoType.LLLVAR, 0)),
            Map.entry(CURRENCY, new Field(IsoType.NUMERIC, 3)),
            Map.entry(REFERENCE, new Field(IsoType.LLLVAR, 0)),
            Map.entry(MANAGEMENT, new Field(IsoType.NUMERIC, 3)),
            Map.entry(ORIGINAL, new Field(IsoType.NUMERIC, 42))));

    private final MessageFactory<IsoMessage> factory = new MessageFactory<>();

    IsoFormat() {
        factory.setUseBinaryBitmap(true);
        factory.setCharacterEncoding(ASCII);
        factory.setAssignDate(false);
        Map<Integer, FieldParseInfo> guide = new TreeMap<>();
        FIELDS.forEach((number, field) ->
                guide.put(number, FieldParseInfo.getInstance(field.type(), field.length(), ASCII, false)));
        ANSWERS.forEach(type -> factory.setParseMap(Integer.parseInt(type, 16), guide));
    }

    IsoMessage message(int type) {
        return factory.newMessage(type);
    }

    /** Sets a field to what fits it; null leaves it out. */
    static void set(IsoMessage message, int number, String value) {
        if (value != null) {
            Field field = FIELDS.get(number);
            message.setField(number, new IsoValue<>(field.type(), value, Math.max(field.length(), value.length())));
        }
    }

    /** What stands in a field, without the blanks that fill it up; null if it is not there. */
    static String get(IsoMessage message, int number) {
        Object value = message.getObjectValue(number);
        return value == null ? null : value.toString().stripTrailing();
    }

    /** An answer; empty if the bytes are none, or not exactly one: some of them garbled, or others behind it. */
    Optional<IsoMessage> parse(byte[] bytes) {
        if (!hasKnownTypeAndFields(bytes)) {
            return Optional.empty();
        }
        try {
            IsoMessage message = factory.parseMessage(bytes, 0);
            boolean exact = message != null && Arrays.equals(message.writeData(), bytes) && isNumericWhereDue(message);
            return exact ? Optional.of(message) : Optional.empty();
        } catch (ParseException | UnsupportedEncodingException | RuntimeException e) {
            // What the library says quotes what was read, so it goes no further.
            return Optional.empty();
        }
    }

    /** The library would log a message whole whose type it does not know, and a line for each such field. */
    private static boolean hasKnownTypeAndFields(byte[] bytes) {
        if (bytes.length < TYPE_BYTES + BITMAP_BYTES
                || !ANSWERS.contains(new String(bytes, 0, TYPE_BYTES, StandardCharsets.US_ASCII))) {
            return false;
        }
        boolean second = (bytes[TYPE_BYTES] & 0x80) != 0;
        int bits = Math.min(bytes.length - TYPE_BYTES, second ? 2 * BITMAP_BYTES : BITMAP_BYTES) * Byte.SIZE;
        for (int bit = 1; bit < bits; bit++) {
            boolean set = (bytes[TYPE_BYTES + bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) != 0;
            if (set && !FIELDS.containsKey(bit + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumericWhereDue(IsoMessage message) {
        return FIELDS.entrySet().stream()
                .filter(entry -> entry.getValue().type() == IsoType.NUMERIC && message.hasField(entry.getKey()))
                .allMatch(entry -> message.getObjectValue(entry.getKey())
                        .toString()
                        .chars()
                        .allMatch(c -> c >= '0' && c <= '9'));
    }
}
