package io.tillwatch.testkit;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.lifecycle.Changes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was told of one payment, in order. */
public final class Transcript implements Changes {

    private final List<Object> told = new ArrayList<>();
    private int duplicatesIgnored;
    private int timesForgotten;

    @Override
    public void alert(Alert alert) {
        told.add(alert);
    }

    @Override
    public void command(Command command) {
        told.add(command);
    }

    @Override
    public void duplicateIgnored() {
        duplicatesIgnored++;
    }

    @Override
    public void forgotten(boolean closed) {
        timesForgotten++;
    }

    /** Alerts and commands as they were told. */
    public List<Object> told() {
        return List.copyOf(told);
    }

    public List<Alert> alerts() {
        return told.stream()
                .filter(Alert.class::isInstance)
                .map(Alert.class::cast)
                .toList();
    }

    public List<Command> commands() {
        return told.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .toList();
    }

    /** The alert of the highest revision for each alert id, which is what a reader of the alerts keeps. */
    public Map<String, Alert> lastAlerts() {
        Map<String, Alert> last = new LinkedHashMap<>();
        for (Alert alert : alerts()) {
            last.merge(alert.alertId(), alert, (old, next) -> next.revision() >= old.revision() ? next : old);
        }
        return last;
    }

    public int duplicatesIgnored() {
        return duplicatesIgnored;
    }

    public int timesForgotten() {
        return timesForgotten;
    }
}
