package io.tillwatch.cli.redrive;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends letters back to their feeds. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Sends letters back to their feeds: mended ones from a file, or with --as-is all of a code as they were, when the"
                    + " reader was at fault.",
            "Nothing is sent before all of it was looked over as the jobs do. What was sent or laid aside before is passed"
                    + " over, so a command that was cut short is given again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that was asked for is done",
            "1:something was not sent: it would be refused again, you said no, or another redrive began",
            "2:nothing was sent, for what is said; or Kafka does not answer"
        })
final class SendCommand implements Callable<Integer> {

    /** What is held in memory at a time. */
    private static final int LETTERS_MAX = 50_000;

    /** Of those that would be refused again, as many as people read. */
    private static final int REFUSED_SHOWN = 20;

    /** By which the launcher says that somebody can be asked. */
    private static final String STDIN_IS_TERMINAL = "tillwatch.stdinIsTerminal";

    private static final Pattern LINE = Pattern.compile("^line ([0-9]{1,9})");

    private static final int LEFT = 1;

    @Mixin
    private Desk desk;

    @Mixin
    private LetterOptions which;

    @Option(names = "--in", paramLabel = "FILE", description = "Mended letters, as export wrote them.")
    private Path fileOrNull;

    @Option(names = "--as-is", description = "Send letters as they were; say which with --code.")
    private boolean asIs;

    @Option(names = "--dry-run", description = "Look all over and say what would be sent; send nothing.")
    private boolean dryRun;

    @Option(names = "--again", description = "Also what was sent back or laid aside before.")
    private boolean again;

    @Option(names = "--yes", description = "Do not ask before amounts or currencies are changed.")
    private boolean yes;

    @Option(
            names = "--changed-identity",
            description = "A mended record may be another event, or another payment's, than what had come in.")
    private boolean changedIdentity;

    @Override
    public Integer call() {
        List<String> problems = desk.problems();
        problems.addAll(which.problems());
        problems.addAll(ownProblems());
        if (!problems.isEmpty()) {
            return desk.refuse(problems);
        }
        try {
            problems.addAll(desk.missingTopics());
            if (!problems.isEmpty()) {
                return desk.refuse(problems);
            }
            Plan plan = asIs ? planAsIs() : planMended(problems);
            problems.addAll(desk.box().missing(plan.feeds()));
            if (problems.isEmpty() && !plan.withOtherMoney().isEmpty() && !yes && !dryRun && !canAsk()) {
                problems.addAll(plan.changes());
                problems.add("amounts or currencies change, and nobody can be asked: look at them, then give --yes");
            }
            return problems.isEmpty() ? send(plan) : desk.refuse(problems);
        } catch (AuthorizationException e) {
            return desk.refuse(desk.rights(e));
        }
    }

    private List<String> ownProblems() {
        List<String> problems = new ArrayList<>();
        if (asIs == (fileOrNull != null)) {
            problems.add("say what to send: either --in FILE or --as-is");
        }
        if (asIs && !which.namesCode()) {
            problems.add("--as-is: say which with --code, for example --code UNREADABLE");
        }
        if (!asIs && which.given()) {
            problems.add("--code, --feed and --since belong to --as-is: of a file, take lines out");
        }
        if (asIs && changedIdentity) {
            problems.add("--changed-identity: nothing is changed by --as-is; leave it out");
        }
        return problems;
    }

    private boolean canAsk() {
        return !desk.json() && Boolean.getBoolean(STDIN_IS_TERMINAL);
    }

    private Plan planMended(List<String> problems) {
        LetterFile.Content content;
        try {
            content = LetterFile.read(fileOrNull);
        } catch (IOException e) {
            problems.add("--in: " + fileOrNull + " cannot be read: name a file that export wrote");
            return new Plan(List.of(), 0, List.of(), false);
        }
        problems.addAll(content.problems());
        if (content.lines().size() > LETTERS_MAX) {
            problems.add("--in: has " + content.lines().size() + " letters, more than " + LETTERS_MAX
                    + ": split the file by lines");
            return new Plan(List.of(), 0, List.of(), false);
        }
        Set<LetterId> wanted = content.lines().stream().map(LetterFile.Line::id).collect(Collectors.toSet());
        LetterBox box = desk.box();
        Marks marks = box.marks();
        Map<LetterId, Letter> letters = new HashMap<>();
        List<String> unused = box.read(letter -> {
            if (wanted.contains(letter.id())) {
                letters.put(letter.id(), letter);
            }
        });
        Checks checks = desk.checks();
        List<Parcel> parcels = new ArrayList<>();
        long doneBefore = 0;
        for (LetterFile.Line line : content.lines()) {
            if (!again && marks.state(line.id()) != Marks.State.WAITING) {
                doneBefore++;
            } else {
                Optional<Parcel> parcel = checks.mended(line, letters.get(line.id()), changedIdentity, problems);
                parcel.ifPresent(parcels::add);
            }
        }
        problems.sort(Comparator.comparingInt(SendCommand::lineNumber));
        return new Plan(parcels, doneBefore, List.of(), false);
    }

    /** So that problems are told in the order of the file, whichever look found them. */
    private static int lineNumber(String problem) {
        Matcher number = LINE.matcher(problem);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private Plan planAsIs() {
        Predicate<Letter> matching = which.matching(desk.clock().millis());
        LetterBox box = desk.box();
        Marks marks = box.marks();
        Checks checks = desk.checks();
        List<Parcel> parcels = new ArrayList<>();
        List<Checks.AsIs.RefusedAgain> refused = new ArrayList<>();
        long[] doneBefore = {0};
        boolean[] more = {false};
        List<String> unused = box.read(letter -> {
            if (!matching.test(letter)) {
                return;
            }
            if (!again && marks.state(letter.id()) != Marks.State.WAITING) {
                doneBefore[0]++;
                return;
            }
            Checks.AsIs came = checks.asIs(letter);
            if (came instanceof Checks.AsIs.RefusedAgain one) {
                refused.add(one);
            } else if (parcels.size() == LETTERS_MAX) {
                more[0] = true;
            } else if (came instanceof Checks.AsIs.Taken taken) {
                parcels.add(taken.parcel());
            }
        });
        return new Plan(parcels, doneBefore[0], refused, more[0]);
    }

    private int send(Plan plan) {
        if (!desk.json()) {
            plan.changes().forEach(line -> desk.out().println("  " + line));
            tellRefused(plan);
        }
        if (dryRun) {
            return tell(plan, 0);
        }
        if (!plan.withOtherMoney().isEmpty() && !yes && !ask(plan)) {
            desk.out().println("nothing was sent");
            desk.out().flush();
            return LEFT;
        }
        return plan.parcels().isEmpty() ? tell(plan, 0) : deliver(plan);
    }

    private boolean ask(Plan plan) {
        return new Consent(new InputStreamReader(System.in, Charset.defaultCharset()), desk.out())
                .given("Send " + plan.parcels().size() + ", of which "
                        + plan.withOtherMoney().size() + " have other amounts or currencies?");
    }

    private int deliver(Plan plan) {
        Sender sender = desk.sender();
        try (sender) {
            // Only now nobody else can send.
            Marks marks = desk.box().marks();
            Plan left = again ? plan : plan.without(marks);
            try {
                sender.send(left.parcels(), marks);
            } catch (Sender.OvertakenException e) {
                desk.warn(e.getMessage() + ": " + sender.done() + " were sent, "
                        + (left.parcels().size() - sender.done())
                        + " were not. When it is over, give this command again; what was sent is passed over");
                return LEFT;
            } catch (KafkaException e) {
                desk.warn(sender.done() + " were sent, and perhaps up to " + Sender.RECORDS_A_TRANSACTION
                        + " more. Give this command again: what was sent is passed over");
                throw e;
            }
            return tell(left, sender.done());
        }
    }

    private void tellRefused(Plan plan) {
        plan.refusedAgain().stream()
                .limit(REFUSED_SHOWN)
                .forEach(one -> desk.out()
                        .println("  " + one.id().place() + " would be refused again: " + Veil.text(one.why())));
    }

    private int tell(Plan plan, int sent) {
        if (desk.json()) {
            desk.answer(plan.asJson(dryRun, sent));
        } else {
            int count = plan.parcels().size();
            String what = dryRun ? " would be sent back" : " sent back";
            desk.out()
                    .println(count
                            + what
                            + (count == 0 ? "" : " (" + plan.counted() + ")")
                            + (plan.doneBefore() > 0 ? "; " + plan.doneBefore() + " were done with before" : "")
                            + (plan.refusedAgain().isEmpty()
                                    ? ""
                                    : "; " + plan.refusedAgain().size() + " would be refused again and stay")
                            + (plan.more() ? "; there are more: give this command again" : ""));
            desk.out().flush();
        }
        return plan.leavesNothing() ? CommandLine.ExitCode.OK : LEFT;
    }
}
