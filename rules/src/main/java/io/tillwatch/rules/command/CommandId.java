package io.tillwatch.rules.command;

/**
 * The identity of a command, {@code alertId#ACTION}, taken apart: what it is about can be read from an outcome even when
 * the command itself is not known any more.
 *
 * @param alertId the alert that it answers
 * @param action what it asks for
 */
public record CommandId(String alertId, Action action) {

    private static final Action[] ACTIONS = Action.values();

    /** The parts of an id, or null when it is not of that form. */
    public static CommandId parse(String commandId) {
        int hash = commandId.lastIndexOf('#');
        if (hash < 0) {
            return null;
        }
        for (Action action : ACTIONS) {
            String name = action.name();
            if (commandId.length() - hash - 1 == name.length() && commandId.endsWith(name)) {
                return new CommandId(commandId.substring(0, hash), action);
            }
        }
        return null;
    }

    /** The id of the command of this action for this alert. */
    public static String of(String alertId, Action action) {
        return alertId + '#' + action.name();
    }

    @Override
    public String toString() {
        return of(alertId, action);
    }
}
