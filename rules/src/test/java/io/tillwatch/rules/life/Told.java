package io.tillwatch.rules.life;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.lifecycle.Changes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a payment's steps told, in order, and as text. */
public final class Told implements Changes {

    private static final String PREFIX = Steps.PAYMENT + ':';

    private final List<Alert> alerts = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private int duplicates;
    private final List<Boolean> forgotten = new ArrayList<>();

    @Override
    public void alert(Alert a) {
        alerts.add(a);
        rows.add(Times.text(a.detectedAtMillis()) + ' ' + name(a.alertId()) + " r" + a.revision() + ' '
                + (a.raised() ? "raised" : "cleared") + ' ' + a.amount());
    }

    @Override
    public void command(Command c) {
        commands.add(c);
        rows.add(Times.text(c.issuedAtMillis()) + ' ' + name(c.commandId()) + " i" + c.issue() + ' '
                + (c.withdrawn() ? "withdrawn" : "issued") + ' ' + c.amount() + ' '
                + (c.automatic() ? "AUTOMATIC" : c.approvalReason()));
    }

    @Override
    public void duplicateIgnored() {
        duplicates++;
    }

    @Override
    public void forgotten(boolean closed) {
        forgotten.add(closed);
    }

    public List<Alert> alerts() {
        return List.copyOf(alerts);
    }

    public List<Command> commands() {
        return List.copyOf(commands);
    }

    /** One line for each alert and command: when, what, revision or issue, amount. */
    public List<String> rows() {
        return List.copyOf(rows);
    }

    public int duplicates() {
        return duplicates;
    }

    /** Whether it was closed, for each time that the payment was forgotten. */
    public List<Boolean> forgotten() {
        return List.copyOf(forgotten);
    }

    /** The last word on each alert. */
    public Map<String, Alert> lastAlerts() {
        Map<String, Alert> last = new LinkedHashMap<>();
        alerts.forEach(a -> last.merge(a.alertId(), a, (x, y) -> y.revision() >= x.revision() ? y : x));
        return last;
    }

    /** The last issue of each command. */
    public Map<String, Command> lastCommands() {
        Map<String, Command> last = new LinkedHashMap<>();
        commands.forEach(c -> last.put(c.commandId(), c));
        return last;
    }

    /**
     * What stands of a type at the end, such as {@code c1 raised 100 RETRY_SETTLEMENT 100 POLICY}; an automatic command
     * has no reason; {@code -} if it was never raised. Several are parted by {@code "; "}.
     */
    public String of(AlertType type) {
        List<String> found = new ArrayList<>();
        for (Alert a : lastAlerts().values()) {
            if (a.type() == type) {
                found.add((a.subject() == null ? "" : a.subject().replaceFirst("^" + PREFIX, "") + ' ')
                        + (a.raised() ? "raised" : "cleared")
                        + (a.amount() == null ? "" : " " + a.amount())
                        + command(a));
            }
        }
        return found.isEmpty() ? "-" : String.join("; ", found);
    }

    private String command(Alert a) {
        Command c = a.commandId() == null ? null : lastCommands().get(a.commandId());
        return c == null
                ? ""
                : " " + c.action() + ' ' + c.amount() + (c.automatic() ? "" : " " + c.approvalReason())
                        + (c.withdrawn() ? " withdrawn" : "");
    }

    private static String name(String id) {
        return id.startsWith(PREFIX) ? id.substring(PREFIX.length()).replace(":" + PREFIX, ":") : id;
    }
}
