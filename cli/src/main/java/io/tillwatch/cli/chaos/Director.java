package io.tillwatch.cli.chaos;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Has the scenes performed, each step when its time has come. For one thread. */
final class Director {

    private static final long AGAIN_MILLIS = 500;

    private final Scenes scenes;
    private final Stage stage;
    private final CommandTopics topics;
    private final Journal journal;
    private final Deeds deeds;
    private final Clock clock;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparingLong(Due::number));
    private long number;
    private long written;

    private record Due(long atMillis, long number, Bank bank, Step step) {}

    Director(Scenes scenes, Stage stage, CommandTopics topics, Journal journal, Deeds deeds, Clock clock) {
        this.scenes = scenes;
        this.stage = stage;
        this.topics = topics;
        this.journal = journal;
        this.deeds = deeds;
        this.clock = clock;
    }

    /** Begins the next scene; gives how many commands it asks for. */
    int begin() {
        Scene scene = scenes.next();
        deeds.asked(scene.asked());
        long now = clock.millis();
        scene.steps().forEach(step -> put(now + step.afterMillis(), scene.bank(), step));
        return scene.asked().size();
    }

    private void put(long atMillis, Bank bank, Step step) {
        due.add(new Due(atMillis, number, bank, step));
        number++;
    }

    /** Performs what is due. */
    void perform() throws InterruptedException, SQLException {
        while (!due.isEmpty() && due.peek().atMillis() <= clock.millis()) {
            Due next = due.remove();
            perform(next.bank(), next.step());
        }
    }

    /** Whether nothing is left to be done. */
    boolean isOver() {
        return due.isEmpty();
    }

    /** Records of commands so far, those that were written again too. */
    long written() {
        return written;
    }

    private void perform(Bank bank, Step step) throws InterruptedException, SQLException {
        if (step instanceof Step.Happens happens) {
            stage.side(bank).happened(happens.events());
            deeds.told(happens.events(), clock.instant());
        } else if (step instanceof Step.Commands commands) {
            topics.write(commands.command());
            written++;
        } else if (step instanceof Step.Nonsense nonsense) {
            topics.writeNonsense(nonsense.paymentId());
        } else if (step instanceof Step.Approves approves) {
            if (!journal.approve(approves.commandId(), approves.person())) {
                put(clock.millis() + AGAIN_MILLIS, bank, step);
            }
        }
    }
}
