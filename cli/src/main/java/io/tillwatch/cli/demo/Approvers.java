package io.tillwatch.cli.demo;

import io.tillwatch.cli.process.ApiToken;
import io.tillwatch.traffic.life.Market;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * People who decide of the commands that wait for one, over the responder's API: most they approve, a few they reject, and
 * some they leave, as people do. They wait while a feed is unhealthy, and of one merchant's commands nobody takes care.
 */
final class Approvers implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 500;
    private static final double APPROVED = 0.70;
    private static final double REJECTED = 0.06;

    private final ResponderApi api;
    private final List<ApiToken> people;
    private final long seed;
    private final Set<String> decided = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String problem;

    private Approvers(ResponderApi api, List<ApiToken> people, long seed) {
        this.api = api;
        this.people = List.copyOf(people);
        this.seed = seed;
        this.thread = new Thread(this::work, "approvers");
        thread.setDaemon(true);
    }

    /** @param people two, so that there are four eyes where that many are needed */
    static Approvers start(ResponderApi api, List<ApiToken> people, long seed) {
        Approvers approvers = new Approvers(api, people, seed);
        approvers.thread.start();
        return approvers;
    }

    /** What went wrong last, or null. */
    String problem() {
        return problem;
    }

    private void work() {
        while (!closed) {
            try {
                for (ResponderApi.Waiting command : api.waiting(people.get(0))) {
                    if (isForThem(command) && decided.add(command.commandId())) {
                        decide(command);
                    }
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (IOException e) {
                problem = e.getMessage();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isForThem(ResponderApi.Waiting command) {
        return command.alertStands()
                && !command.merchantId().equals(Market.FORGOTTEN.merchantId())
                && !command.approvalReason().equals("FEED_UNHEALTHY");
    }

    /** The same command meets the same people in every run of a seed. */
    private void decide(ResponderApi.Waiting command) throws IOException, InterruptedException {
        double mood = new Random(seed * 31 + command.commandId().hashCode()).nextDouble();
        if (mood < APPROVED) {
            String contentHash = api.contentHash(people.get(0), command);
            int missing = 1;
            for (int i = 0; i < people.size() && missing > 0; i++) {
                missing = api.approve(people.get(i), command, contentHash);
            }
        } else if (mood < APPROVED + REJECTED) {
            api.reject(people.get(0), command, "the merchant settles it with the cardholder");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
