package io.tillwatch.cli.redrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is to be sent.
 *
 * @param parcels in the order of arrival
 * @param doneBefore letters that are left out because they were sent back or laid aside
 * @param refusedAgain letters that the jobs would refuse as they did before, and why
 * @param more whether there are more letters than one run takes
 */
record Plan(List<Parcel> parcels, long doneBefore, List<Checks.AsIs.RefusedAgain> refusedAgain, boolean more) {

    Plan {
        parcels = Checks.inOrder(parcels);
        refusedAgain = List.copyOf(refusedAgain);
    }

    /** Those that change an amount or a currency. */
    List<Parcel> withOtherMoney() {
        return parcels.stream().filter(parcel -> !parcel.money().isEmpty()).toList();
    }

    Set<Topic> feeds() {
        return parcels.stream().map(parcel -> FeedTypes.topic(parcel.feed())).collect(Collectors.toSet());
    }

    /** The same without those that were done with meanwhile. */
    Plan without(Marks marks) {
        List<Parcel> left = parcels.stream()
                .filter(parcel -> marks.state(parcel.id()) == Marks.State.WAITING)
                .toList();
        return new Plan(left, doneBefore + parcels.size() - left.size(), refusedAgain, more);
    }

    /** Whether everything that was asked for is done with once the parcels are sent. */
    boolean leavesNothing() {
        return refusedAgain.isEmpty() && !more;
    }

    /** What is changed, a line for each record that is. */
    List<String> changes() {
        List<String> lines = new ArrayList<>();
        for (Parcel parcel : parcels) {
            List<String> changes = new ArrayList<>(parcel.identity());
            changes.addAll(parcel.money());
            if (!changes.isEmpty()) {
                lines.add(
                        parcel.id().place() + "  " + Veil.text(parcel.paymentId()) + "  " + String.join("; ", changes));
            }
        }
        return lines;
    }

    /** How many go to which feed. */
    String counted() {
        TreeMap<Feed, Long> counts =
                parcels.stream().collect(Collectors.groupingBy(Parcel::feed, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " to " + count.getKey().topic())
                .collect(Collectors.joining(", "));
    }

    ObjectNode asJson(boolean dryRun, int sent) {
        ObjectNode root = Told.object();
        root.put("dryRun", dryRun);
        root.put("sent", sent);
        root.put("doneBefore", doneBefore);
        root.put("more", more);
        ArrayNode records = root.putArray("records");
        for (Parcel parcel : parcels) {
            ObjectNode one = records.addObject()
                    .put("id", parcel.id().text())
                    .put("paymentId", Veil.text(parcel.paymentId()))
                    .put("eventId", Veil.text(parcel.eventId()))
                    .put("mended", parcel.mended());
            parcel.money().forEach(one.putArray("money")::add);
            parcel.identity().forEach(one.putArray("identity")::add);
        }
        ArrayNode refused = root.putArray("refusedAgain");
        refusedAgain.forEach(
                one -> refused.addObject().put("id", one.id().text()).put("why", one.why()));
        return root;
    }
}
