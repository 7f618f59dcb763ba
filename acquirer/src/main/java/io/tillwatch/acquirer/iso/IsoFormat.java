package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.IsoValue;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which fields there are and how they are packed: a binary bitmap, the rest ASCII. Safe for use by several threads. */
final class IsoFormat {

    private static final String ASCII = "US-ASCII";
    private static final int TYPE_BYTES = 4;
    private static final List<String> REQUESTS =
            List.of("0800", "0600", "0400", "0401", "0420", "0421", "0220", "0221", "0320", "0321");

    private record Field(int number, IsoType type, int length) {}

    private static final List<Field> FIELDS = List.of(
            new Field(3, IsoType.NUMERIC, 6),
            new Field(4, IsoType.NUMERIC, 12),
            new Field(7, IsoType.NUMERIC, 10),
            new Field(11, IsoType.NUMERIC, 6),
            new Field(12, IsoType.NUMERIC, 6),
            new Field(13, IsoType.NUMERIC, 4),
            new Field(32, IsoType.LLVAR, 0),
            new Field(37, IsoType.ALPHA, 12),
            new Field(38, IsoType.ALPHA, 6),
            new Field(39, IsoType.ALPHA, 2),
            new Field(41, IsoType.ALPHA, 8),
            new Field(42, IsoType.ALPHA, 15),
            new Field(48, IsoType.LLLVAR, 0),
            new Field(49, IsoType.NUMERIC, 3),
            new Field(63, IsoType.LLLVAR, 0),
            new Field(70, IsoType.NUMERIC, 3),
            new Field(90, IsoType.NUMERIC, 42));

    private final MessageFactory<IsoMessage> factory = new MessageFactory<>();
    private final Map<Integer, Field> fields = new HashMap<>();

    IsoFormat() {
        factory.setUseBinaryBitmap(true);
        factory.setCharacterEncoding(ASCII);
        factory.setAssignDate(false);
        Map<Integer, FieldParseInfo> guide = new HashMap<>();
        for (Field field : FIELDS) {
            fields.put(field.number(), field);
            guide.put(field.number(), FieldParseInfo.getInstance(field.type(), field.length(), ASCII, false));
        }
        REQUESTS.forEach(type -> factory.setParseMap(Integer.parseInt(type, 16), guide));
    }

    IsoMessage message(int type) {
        return factory.newMessage(type);
    }

    /** Sets a field; one that is null is left out. */
    void set(IsoMessage message, int number, String value) {
        if (value != null) {
            Field field = fields.get(number);
            message.setField(number, new IsoValue<>(field.type(), value, Math.max(field.length(), value.length())));
        }
    }

    /** What stands in a field, without the blanks that fill it up; null if it is not there. */
    static String get(IsoMessage message, int number) {
        Object value = message.getObjectValue(number);
        return value == null ? null : value.toString().stripTrailing();
    }

    /** A request; empty if the bytes are none, or not exactly one. */
    Optional<IsoMessage> parse(byte[] bytes) {
        // The library would log a message whole whose type it does not know.
        String type = new String(bytes, 0, Math.min(TYPE_BYTES, bytes.length), StandardCharsets.US_ASCII);
        if (!REQUESTS.contains(type)) {
            return Optional.empty();
        }
        try {
            IsoMessage message = factory.parseMessage(bytes, 0);
            boolean exact = message != null && Arrays.equals(message.writeData(), bytes);
            return exact ? Optional.of(message) : Optional.empty();
        } catch (ParseException | UnsupportedEncodingException | RuntimeException e) {
            // What the library says quotes what was read, so it goes no further.
            return Optional.empty();
        }
    }
}
