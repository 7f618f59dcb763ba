package io.tillwatch.cli.chaos;

import io.tillwatch.cli.chaos.Asked.End;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Command;

/** Plots about the commands themselves: each is about a payment of which money is held. */
final class CommandPlots {

    private CommandPlots() {}

    static void perform(Staging stage) {
        stage.before(stage.authorized(false));
        Command command = HoldPlots.expired(stage);
        switch (stage.plot) {
            case WITHDRAWN_BEFORE -> {
                Command later = Command.newBuilder(command)
                        .setNotBefore(command.getIssuedAt().plusSeconds(6))
                        .build();
                stage.ask(later, End.NOT_NEEDED, End.DONE);
                stage.write(2, stage.withdrawn(later));
            }
            case WITHDRAWN_MEANWHILE -> {
                stage.ask(command, End.NOT_NEEDED, End.DONE);
                stage.write(stage.soon(), stage.withdrawn(command));
            }
            case REDELIVERED -> {
                stage.ask(command, End.DONE);
                for (int i = stage.random.nextInt(4); i >= 0; i--) {
                    stage.write(stage.soon(), command);
                }
            }
            case OTHER_CONTENT -> {
                stage.ask(command, End.DONE);
                stage.write(
                        stage.soon(),
                        Command.newBuilder(command)
                                .setAmount(command.getAmount() - 1)
                                .build());
            }
            case EXPIRED -> {
                Command late = Command.newBuilder(command)
                        .setExpiresAt(command.getIssuedAt().minusSeconds(1))
                        .build();
                stage.write(1, late);
                stage.expectUnsent(late);
            }
            case NEVER_APPROVED -> {
                Command required = stage.required(command, true);
                stage.write(1, required);
                stage.expectUnsent(required);
            }
            case APPROVED -> approved(stage, command);
            case OTHER_CURRENCY ->
                stage.ask(Command.newBuilder(command).setCurrency("USD").build(), End.FAILED);
            case LESS_LEFT -> stage.ask(stage.whole("PREAUTH_EXPIRED", Action.REVERSE, stage.amount + 1), End.FAILED);
            case LONG_IDENTITIES -> stage.ask(command, End.DONE);
            case NONSENSE_BETWEEN -> {
                stage.nonsense(1);
                stage.ask(command, End.DONE);
                stage.nonsense(stage.soon());
            }
            default -> throw new IllegalArgumentException(stage.plot + " is no plot about a command");
        }
    }

    private static void approved(Staging stage, Command command) {
        Command required = stage.required(command, false);
        stage.ask(required, End.DONE);
        stage.approve(stage.soon(), required, "approver-1");
    }
}
