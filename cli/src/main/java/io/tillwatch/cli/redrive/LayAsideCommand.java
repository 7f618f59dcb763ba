package io.tillwatch.cli.redrive;

import io.tillwatch.rules.admission.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.AuthorizationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Letters from which nothing is to come. */
@Command(
        name = "lay-aside",
        mixinStandardHelpOptions = true,
        description = {
            "Says of letters that nothing is to be sent for them, so that they wait no more. They stay where they are;"
                    + " send --again takes them even so."
        })
final class LayAsideCommand implements Callable<Integer> {

    private static final int LEFT = 1;

    @Mixin
    private Desk desk;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The letters, as list names them.")
    private List<String> ids = List.of();

    @Option(names = "--because", required = true, paramLabel = "TEXT", description = "Why; it is kept with the letter.")
    private String because;

    @Override
    public Integer call() {
        List<String> problems = desk.problems();
        List<LetterId.Asked> asked = new ArrayList<>();
        for (String id : ids) {
            Optional<LetterId.Asked> one = LetterId.asked(id);
            one.ifPresentOrElse(
                    asked::add,
                    () -> problems.add("\"" + Veil.text(id) + "\" names no letter: give feed:partition:offset"));
        }
        if (because.isBlank() || because.length() > Admission.DETAIL_CHARACTERS_MAX) {
            problems.add("--because: give a reason of 1 to " + Admission.DETAIL_CHARACTERS_MAX + " characters");
        } else if (!Veil.text(because).equals(because)) {
            problems.add("--because: holds what may be a card number, or control characters: leave them out");
        }
        if (!problems.isEmpty()) {
            return desk.refuse(problems);
        }
        try {
            problems.addAll(desk.missingTopics());
            List<LetterId> found = problems.isEmpty() ? find(asked, problems) : List.of();
            return problems.isEmpty() ? layAside(found) : desk.refuse(problems);
        } catch (AuthorizationException e) {
            return desk.refuse(desk.rights(e));
        }
    }

    private List<LetterId> find(List<LetterId.Asked> asked, List<String> problems) {
        List<LetterId> letters = new ArrayList<>();
        List<String> unused = desk.box().read(letter -> {
            if (asked.stream().anyMatch(one -> one.means(letter.id()))) {
                letters.add(letter.id());
            }
        });
        for (LetterId.Asked one : asked) {
            List<LetterId> meant = letters.stream().filter(one::means).toList();
            if (meant.isEmpty()) {
                problems.add("there is no dead letter " + one.place() + ": list names those that there are");
            } else if (meant.size() > 1) {
                problems.add(one.place() + " means " + meant.size() + " letters: give one of "
                        + meant.stream().map(LetterId::text).toList());
            }
        }
        return letters;
    }

    private int layAside(List<LetterId> letters) {
        Sender sender = desk.sender();
        try (sender) {
            Marks marks = desk.box().marks();
            List<LetterId> waiting = letters.stream()
                    .filter(id -> marks.state(id) == Marks.State.WAITING)
                    .toList();
            try {
                sender.layAside(waiting, because, marks);
            } catch (Sender.OvertakenException e) {
                desk.warn(e.getMessage() + ": when it is over, give this command again");
                return LEFT;
            }
            if (desk.json()) {
                desk.answer(Told.object()
                        .put("laidAside", waiting.size())
                        .put("doneBefore", letters.size() - waiting.size()));
            } else {
                desk.out()
                        .println(waiting.size() + " laid aside"
                                + (waiting.size() < letters.size()
                                        ? "; " + (letters.size() - waiting.size()) + " were done with before"
                                        : ""));
                desk.out().flush();
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
