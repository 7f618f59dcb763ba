package io.tillwatch.rules.lifecycle;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import java.util.ArrayList;
import java.util.List;

/** What a step ahead of the clock would tell. */
final class Foreseen implements Changes {

    private final List<Alert> alerts = new ArrayList<>(0);
    private boolean anything;

    boolean anything() {
        return anything;
    }

    List<Alert> alerts() {
        return alerts;
    }

    @Override
    public void alert(Alert alert) {
        alerts.add(alert);
        anything = true;
    }

    @Override
    public void command(Command command) {
        anything = true;
    }

    @Override
    public void duplicateIgnored() {
        // counted when its time has come
    }

    @Override
    public void forgotten(boolean closed) {
        // counted when its time has come
    }
}
