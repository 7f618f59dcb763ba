package io.tillwatch.rules.guard;

import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.guard.Guard.Spent;
import io.tillwatch.rules.policy.Policy;
import io.tillwatch.rules.policy.Setting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The automatic commands of one acquirer in the last ten minutes, counted by the second: a window of up to a second more
 * than ten minutes, never less.
 */
final class Budget {

    private static final long WINDOW_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long SECOND_MILLIS = 1000;

    private final Deque<Spent> seconds;

    Budget(List<Spent> seconds) {
        this.seconds = new ArrayDeque<>(seconds);
    }

    List<Spent> seconds() {
        return List.copyOf(seconds);
    }

    /** Lets a command through if the budget allows it. */
    boolean spend(Command command, Policy policy) {
        long at = command.issuedAtMillis();
        drop(at);
        long amount = Math.abs(command.amount());
        if (commands() + 1 > policy.get(Setting.COMMAND_BUDGET)
                || Math.addExact(spent(command.currency()), amount) > policy.get(Setting.AMOUNT_BUDGET)) {
            return false;
        }
        long start = Math.floorDiv(at, SECOND_MILLIS) * SECOND_MILLIS;
        Spent last = seconds.peekLast();
        if (last != null && last.startMillis() == start) {
            seconds.removeLast();
        } else {
            last = new Spent(start, 0, Map.of());
        }
        Map<String, Long> amounts = new HashMap<>(last.amounts());
        amounts.merge(command.currency(), amount, Math::addExact);
        seconds.addLast(new Spent(start, last.commands() + 1, amounts));
        return true;
    }

    /** Whether the window has room again, at a time. */
    boolean below(long atMillis, Policy policy) {
        drop(atMillis);
        if (commands() >= policy.get(Setting.COMMAND_BUDGET)) {
            return false;
        }
        Map<String, Long> sums = new HashMap<>();
        for (Spent s : seconds) {
            s.amounts().forEach((currency, amount) -> sums.merge(currency, amount, Math::addExact));
        }
        return sums.values().stream().allMatch(sum -> sum < policy.get(Setting.AMOUNT_BUDGET));
    }

    /** When the window may have room again: when its oldest second leaves it, or a second later if it is empty. */
    long nextLookAt(long atMillis) {
        Spent oldest = seconds.peekFirst();
        return oldest == null
                ? atMillis + SECOND_MILLIS
                : Math.max(atMillis, oldest.startMillis() + WINDOW_MILLIS) + SECOND_MILLIS;
    }

    private void drop(long atMillis) {
        while (!seconds.isEmpty() && seconds.getFirst().startMillis() + SECOND_MILLIS <= atMillis - WINDOW_MILLIS) {
            seconds.removeFirst();
        }
    }

    private long commands() {
        long count = 0;
        for (Spent s : seconds) {
            count += s.commands();
        }
        return count;
    }

    private long spent(String currency) {
        long sum = 0;
        for (Spent s : seconds) {
            sum = Math.addExact(sum, s.amounts().getOrDefault(currency, 0L));
        }
        return sum;
    }
}
