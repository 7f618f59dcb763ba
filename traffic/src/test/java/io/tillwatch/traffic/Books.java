package io.tillwatch.traffic;

import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.fact.Outcome;
import io.tillwatch.traffic.acquirer.AcquirerEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** An acquirer's books in memory: what is held and captured, and what an instruction would change. */
final class Books {

    private final Map<String, Account> accounts = new HashMap<>();

    private static final class Line {
        final long amount;
        long givenBack;
        boolean settled;

        Line(long amount) {
            this.amount = amount;
        }
    }

    private static final class Account {
        boolean approved;
        long held;
        final Map<String, Line> lines = new LinkedHashMap<>();

        Deque<Line> newestFirst() {
            Deque<Line> newest = new ArrayDeque<>();
            lines.values().forEach(newest::addFirst);
            return newest;
        }
    }

    void happened(AcquirerEvent e) {
        Account account = accounts.computeIfAbsent(e.paymentId(), p -> new Account());
        switch (e.kind()) {
            case AUTHORIZED -> {
                account.approved = true;
                if (e.automatic()) {
                    account.lines.put(e.paymentId(), new Line(e.amount()));
                } else {
                    account.held += e.amount();
                }
            }
            case CAPTURED -> {
                account.lines.put(e.captureId(), new Line(e.amount()));
                account.held = e.last() ? 0 : account.held - e.amount();
            }
            case SETTLED -> {
                Line line = account.lines.get(e.captureId());
                if (line != null) {
                    line.settled = true;
                }
            }
            case REVERSED, REFUNDED -> giveBack(account, e.captureId(), e.amount());
            case DECLINED, REJECTED -> {
                // nothing is held, nothing moves
            }
        }
    }

    /** Does what is asked if it can be done. */
    Outcome.Result instruct(Command c) {
        Account account = accounts.get(c.paymentId());
        if (account == null) {
            return Outcome.Result.NOT_NEEDED;
        }
        Line line = account.lines.get(c.original().captureId());
        return switch (c.action()) {
            case REVERSE -> reverse(account, c, line);
            case REFUND -> {
                giveBack(account, c.original().captureId(), c.amount());
                yield Outcome.Result.DONE;
            }
            case ADJUST -> Outcome.Result.DONE;
            case RETRY_CAPTURE -> {
                if (!account.lines.isEmpty()) {
                    yield Outcome.Result.NOT_NEEDED;
                }
                String captureId = c.original().captureId();
                account.lines.put(captureId == null ? c.paymentId() + "-c1" : captureId, new Line(c.amount()));
                account.held = 0;
                yield Outcome.Result.DONE;
            }
            case RETRY_SETTLEMENT -> {
                if (line == null || line.givenBack == line.amount) {
                    yield Outcome.Result.FAILED;
                }
                yield line.settled ? Outcome.Result.NOT_NEEDED : Outcome.Result.DONE;
            }
        };
    }

    private static Outcome.Result reverse(Account account, Command c, Line line) {
        if (c.original().captureId() != null) {
            if (line == null || line.givenBack == line.amount) {
                return Outcome.Result.NOT_NEEDED;
            } else if (line.settled || c.amount() > line.amount - line.givenBack) {
                return Outcome.Result.FAILED;
            }
        } else {
            if (!account.approved) {
                return Outcome.Result.NOT_NEEDED;
            }
            long left = account.held;
            for (Line l : account.lines.values()) {
                left += l.settled ? 0 : l.amount - l.givenBack;
            }
            if (left < c.amount()) {
                return Outcome.Result.FAILED;
            }
        }
        giveBack(account, c.original().captureId(), c.amount());
        return Outcome.Result.DONE;
    }

    private static void giveBack(Account account, String captureId, long amount) {
        Line line = account.lines.get(captureId);
        if (line != null) {
            line.givenBack += amount;
            return;
        }
        long rest = amount;
        long fromHold = Math.min(account.held, rest);
        account.held -= fromHold;
        rest -= fromHold;
        for (Line next : account.newestFirst()) {
            long taken = Math.min(rest, next.amount - next.givenBack);
            next.givenBack += taken;
            rest -= taken;
        }
    }

    static boolean tellsTheFeeds(Action action) {
        return action == Action.REVERSE || action == Action.REFUND;
    }
}
