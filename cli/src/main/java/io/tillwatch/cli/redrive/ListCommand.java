package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was refused, by feed and code, and what of it waits. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "How many records were refused, by feed and code, what of them waits, and the oldest that do.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private Desk desk;

    @Mixin
    private LetterOptions which;

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "How many of those that wait are listed one by one, oldest first; ${DEFAULT-VALUE}.")
    private int limit;

    private record Group(String feed, String error) {}

    private static final class Count {
        private long waiting;
        private long sentBack;
        private long laidAside;
        private long oldestMillis = Long.MAX_VALUE;
    }

    @Override
    public Integer call() {
        List<String> problems = desk.problems();
        problems.addAll(which.problems());
        if (limit < 0) {
            problems.add("--limit: " + limit + " is below 0");
        }
        if (!problems.isEmpty()) {
            return desk.refuse(problems);
        }
        Predicate<Letter> matching = which.matching(desk.clock().millis());
        LetterBox box = desk.box();
        Marks marks = box.marks();
        Map<Group, Count> counts =
                new TreeMap<>(Comparator.comparing(Group::feed).thenComparing(Group::error));
        PriorityQueue<Letter> oldest =
                new PriorityQueue<>(Comparator.comparing(Letter::id).reversed());
        List<String> strangers = box.read(letter -> {
            if (matching.test(letter)) {
                Count count = counts.computeIfAbsent(
                        new Group(letter.id().feed(), Veil.text(letter.error())), group -> new Count());
                if (count(letter, count, marks)) {
                    // Without its bytes: there may be very many.
                    oldest.add(new Letter(letter.id(), letter.error(), letter.reason(), letter.keyOrNull(), null));
                    if (oldest.size() > limit) {
                        oldest.remove();
                    }
                }
            }
        });
        List<Letter> listed = new ArrayList<>(oldest);
        listed.sort(Comparator.comparing(Letter::id));
        if (desk.json()) {
            desk.answer(asJson(counts, listed, strangers, marks));
        } else {
            print(counts, listed, strangers);
        }
        return CommandLine.ExitCode.OK;
    }

    private static boolean count(Letter letter, Count count, Marks marks) {
        switch (marks.state(letter.id())) {
            case WAITING -> {
                count.waiting++;
                count.oldestMillis = Math.min(count.oldestMillis, letter.id().arrivedAtMillis());
                return true;
            }
            case SENT_BACK -> count.sentBack++;
            case LAID_ASIDE -> count.laidAside++;
        }
        return false;
    }

    private void print(Map<Group, Count> counts, List<Letter> listed, List<String> strangers) {
        PrintWriter out = desk.out();
        if (!counts.isEmpty()) {
            out.println(String.format(
                    "%-15s  %-15s  %9s  %9s  %10s  %s",
                    "feed", "code", "waiting", "sent back", "laid aside", "oldest that waits"));
            counts.forEach((group, count) -> out.println(String.format(
                    "%-15s  %-15s  %9d  %9d  %10d  %s",
                    group.feed(),
                    group.error(),
                    count.waiting,
                    count.sentBack,
                    count.laidAside,
                    count.waiting == 0 ? "-" : Told.time(count.oldestMillis))));
            out.println();
        }
        long waiting =
                counts.values().stream().mapToLong(count -> count.waiting).sum();
        out.println(waiting
                + (waiting == 1 ? " letter waits" : " letters wait")
                + (listed.size() < waiting ? "; the oldest " + listed.size() + ":" : listed.isEmpty() ? "" : ":"));
        listed.forEach(letter -> out.println("  " + Told.line(letter)));
        if (!strangers.isEmpty()) {
            out.println(strangers.size() + " records there are no dead letters, so somebody else writes to the topic: "
                    + strangers.get(0) + (strangers.size() > 1 ? " and more" : ""));
        }
        out.flush();
    }

    private static ObjectNode asJson(
            Map<Group, Count> counts, List<Letter> listed, List<String> strangers, Marks marks) {
        ObjectNode root = Told.object();
        root.put(
                "waiting",
                counts.values().stream().mapToLong(count -> count.waiting).sum());
        ArrayNode groups = root.putArray("groups");
        counts.forEach((group, count) -> {
            ObjectNode one = groups.addObject()
                    .put("feed", group.feed())
                    .put("error", group.error())
                    .put("waiting", count.waiting)
                    .put("sentBack", count.sentBack)
                    .put("laidAside", count.laidAside);
            if (count.waiting > 0) {
                one.put("oldestWaiting", count.oldestMillis);
            }
        });
        ArrayNode letters = root.putArray("letters");
        listed.forEach(letter -> letters.add(Told.brief(letter, marks)));
        strangers.forEach(root.putArray("noLetters")::add);
        return root;
    }
}
