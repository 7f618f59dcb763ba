package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** All that can be told of a letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Where a refused record came from, why it was refused, what to do about it, what was done, and what it holds.",
            "What may be a card number is not shown."
        })
final class ShowCommand implements Callable<Integer> {

    private static final int NOT_FOUND = 1;

    @Mixin
    private Desk desk;

    @Parameters(paramLabel = "ID", description = "The letter, as list names it: feed:partition:offset.")
    private String id;

    @Override
    public Integer call() {
        List<String> problems = desk.problems();
        Optional<LetterId.Asked> asked = LetterId.asked(id);
        if (asked.isEmpty()) {
            problems.add("\"" + Veil.text(id) + "\" names no letter: give feed:partition:offset, as list does");
        }
        if (!problems.isEmpty()) {
            return desk.refuse(problems);
        }
        LetterBox box = desk.box();
        List<Letter> found = new ArrayList<>();
        List<String> unused = box.read(letter -> {
            if (asked.get().means(letter.id())) {
                found.add(letter);
            }
        });
        if (found.isEmpty()) {
            desk.warn("there is no dead letter " + id + ": list names those that there are");
            return NOT_FOUND;
        }
        Marks marks = box.marks();
        Checks checks = desk.checks();
        ObjectNode root = Told.object();
        ArrayNode letters = root.putArray("letters");
        for (Letter letter : found) {
            Original original = checks.original(letter);
            if (desk.json()) {
                letters.add(Told.whole(letter, original, checks.formatOrNull(letter), marks));
            } else {
                desk.out().println(Told.page(letter, original, checks.formatOrNull(letter), marks));
            }
        }
        if (desk.json()) {
            desk.answer(root);
        }
        desk.out().flush();
        return CommandLine.ExitCode.OK;
    }
}
