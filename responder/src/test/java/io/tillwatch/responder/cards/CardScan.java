package io.tillwatch.responder.cards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Looks for the digits of card numbers, whatever people put between them, in all that a run left behind. */
final class CardScan {

    private final List<String> digits;

    /** @param numbers as they were planted, with or without separators */
    CardScan(List<String> numbers) {
        this.digits = numbers.stream().map(CardScan::digitsOnly).toList();
    }

    static String digitsOnly(String number) {
        return number.replaceAll("[^0-9]", "");
    }

    boolean finds(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().filter(point -> !separates(point)).forEach(point -> {
            int digit = Character.digit(point, 10);
            plain.appendCodePoint(digit < 0 ? point : '0' + digit);
        });
        return digits.stream().anyMatch(plain.toString()::contains);
    }

    /** As text of any encoding that writes digits as ASCII does, and as UTF-8. */
    boolean finds(byte[] bytes) {
        return finds(new String(bytes, StandardCharsets.ISO_8859_1))
                || finds(new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean separates(int point) {
        return point == ' ' || point == '-' || point == '.' || point == '/' || point == '_' || point == '\u00a0';
    }

    /** Every column of every table and view of every schema; how many values were looked at. */
    long cleanDatabase(Jdbi jdbi) {
        return jdbi.withHandle(handle -> {
            long looked = 0;
            for (Column column : columns(handle)) {
                looked += clean(handle, column);
            }
            return looked;
        });
    }

    private record Column(String schema, String table, String name, boolean bytes) {}

    private static List<Column> columns(Handle handle) {
        return handle.createQuery(
                        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
                                + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
                                + " ORDER BY table_schema, table_name, ordinal_position")
                .map((row, context) -> new Column(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4).equals("bytea")))
                .list();
    }

    private long clean(Handle handle, Column column) {
        String name = "\"" + column.name() + "\"";
        List<String> values = handle.createQuery("SELECT "
                        + (column.bytes() ? "encode(" + name + ", 'escape')" : name + "::text") + " FROM \""
                        + column.schema() + "\".\"" + column.table() + "\" WHERE " + name + " IS NOT NULL")
                .mapTo(String.class)
                .list();
        values.forEach(value -> assertThat(finds(value))
                .as("%s.%s.%s", column.schema(), column.table(), column.name())
                .isFalse());
        return values.size();
    }

    /** Every file below a directory but those that are left out; how many bytes were looked at. */
    long cleanFiles(Path directory, Predicate<Path> leftOut) {
        long looked = 0;
        for (Path file : files(directory)) {
            if (!leftOut.test(file)) {
                byte[] bytes = read(file);
                assertThat(finds(bytes)).as(file.toString()).isFalse();
                looked += bytes.length;
            }
        }
        return looked;
    }

    /** Whether some file below a directory holds one: it must, where it was planted. */
    boolean findsIn(Path directory, Predicate<Path> of) {
        return files(directory).stream().filter(of).anyMatch(file -> finds(read(file)));
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
