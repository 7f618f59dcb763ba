package io.tillwatch.cli.redrive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Letters as a file to be mended. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the letters that wait to a file, one JSON object a line, to be mended by hand: put \"record\" right,"
                    + " and take out the lines that are not to be sent.",
            "What held a card number is there without its content."
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private Desk desk;

    @Mixin
    private LetterOptions which;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to; a new file, which only you may read.")
    private Path file;

    @Option(names = "--all", description = "Those that were sent back or laid aside, too.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        List<String> problems = desk.problems();
        problems.addAll(which.problems());
        if (!problems.isEmpty()) {
            return desk.refuse(problems);
        }
        Predicate<Letter> matching = which.matching(desk.clock().millis());
        LetterBox box = desk.box();
        Marks marks = box.marks();
        Checks checks = desk.checks();
        long[] written = {0, 0};
        boolean whole = false;
        boolean begun = false;
        try (Writer out = create()) {
            begun = true;
            List<String> unused = box.read(letter -> {
                if (matching.test(letter) && (all || marks.state(letter.id()) == Marks.State.WAITING)) {
                    Original original = checks.original(letter);
                    written[0]++;
                    written[1] += original instanceof Original.Known ? 0 : 1;
                    write(letter, original, checks.formatOrNull(letter), out);
                }
            });
            out.flush();
            whole = true;
        } catch (FileAlreadyExistsException e) {
            return desk.refuse(List.of("--out: " + file
                    + " is there already, perhaps with somebody's work: name another file, or remove it"));
        } catch (IOException | UncheckedIOException e) {
            return desk.refuse(List.of("--out: " + file + " cannot be written (" + e.getMessage()
                    + "): name a file in a folder of yours, on a disk with room"));
        } finally {
            // A part would be taken for all.
            if (begun && !whole) {
                Files.deleteIfExists(file);
            }
        }
        if (desk.json()) {
            desk.answer(Told.object().put("written", written[0]).put("withoutRecord", written[1]));
        } else {
            desk.out()
                    .println(written[0] + (written[0] == 1 ? " letter is" : " letters are") + " in " + file
                            + (written[1] > 0
                                    ? "; " + written[1] + " of them have no record, which is to be written"
                                    : "")
                            + ". Mend them, then: ./tillwatch redrive send --in " + file + " --dry-run");
            desk.out().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private static void write(Letter letter, Original original, FeedFormat<?> formatOrNull, Writer out) {
        try {
            LetterFile.write(letter, original, formatOrNull, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It holds payments: nobody else may read it. */
    private Writer create() throws IOException {
        FileAttribute<?>[] owner =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Channels.newWriter(
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner),
                StandardCharsets.UTF_8);
    }
}
