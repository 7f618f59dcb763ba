package io.tillwatch.acquirer.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A ledger that is told a payment's life in one line. Steps are divided by commas: {@code sale 100 1} is an approval of 100
 * with stan 000001, {@code auto 100 1} one that is a capture at once, {@code pre}, {@code inc} and {@code no} likewise; {@code
 * cap c-1 60} a capture, {@code cap+ c-1 60} one after which more will come; {@code settle}, {@code ahead}, {@code reject},
 * {@code void} and {@code refund} take a capture ({@code -} for none) and an amount.
 */
final class Life {

    static final String ACQUIRER = "acq-1";
    static final String PAYMENT = "p-1";
    static final long NOW = 1_767_225_600_000L;

    final Ledger ledger;
    private long now = NOW;

    Life(Tier tier) {
        this(tier, Duration.ofHours(24));
    }

    Life(Tier tier, Duration keyRetention) {
        this.ledger = new Ledger(Map.of(ACQUIRER, tier), keyRetention);
    }

    Life lives(String life) {
        for (String step : life.split(",")) {
            if (!step.isBlank()) {
                ledger.apply(new Entry.Happened(event(step.strip().split(" +"))));
            }
        }
        return this;
    }

    Life waits(Duration pause) {
        now += pause.toMillis();
        return this;
    }

    private Event event(String[] words) {
        return switch (words[0]) {
            case "sale" -> authorization(Event.Type.AUTHORIZED, Event.Kind.SALE, false, words);
            case "auto" -> authorization(Event.Type.AUTHORIZED, Event.Kind.SALE, true, words);
            case "pre" -> authorization(Event.Type.AUTHORIZED, Event.Kind.PREAUTH, false, words);
            case "inc" -> authorization(Event.Type.AUTHORIZED, Event.Kind.INCREMENT, false, words);
            case "no" -> authorization(Event.Type.DECLINED, Event.Kind.SALE, false, words);
            case "cap" -> capture(Event.Type.CAPTURED, true, words);
            case "cap+" -> capture(Event.Type.CAPTURED, false, words);
            case "settle" -> capture(Event.Type.SETTLED, true, words);
            case "ahead" -> capture(Event.Type.SETTLED_AHEAD, true, words);
            case "reject" -> capture(Event.Type.REJECTED, true, words);
            case "void" -> capture(Event.Type.REVERSED, true, words);
            case "refund" -> capture(Event.Type.REFUNDED, true, words);
            default -> throw new IllegalArgumentException("no such step: " + words[0]);
        };
    }

    private Event authorization(Event.Type type, Event.Kind kind, boolean automatic, String[] words) {
        String stan = "00000" + words[2];
        return new Event(
                type,
                null,
                ACQUIRER,
                PAYMENT,
                "m-1",
                "t-1",
                stan,
                "000000" + stan,
                null,
                null,
                Long.parseLong(words[1]),
                "EUR",
                kind,
                automatic,
                null,
                now);
    }

    private Event capture(Event.Type type, boolean last, String[] words) {
        String captureId = words[1].equals("-") ? null : words[1];
        return new Event(
                type,
                null,
                ACQUIRER,
                PAYMENT,
                null,
                null,
                null,
                null,
                null,
                captureId,
                Long.parseLong(words[2]),
                "EUR",
                null,
                false,
                last,
                now);
    }

    /** An instruction as {@code ACTION captureId amount stan}; {@code -} for none. */
    Instruction instruction(String key, String text) {
        String[] words = text.split(" +");
        String stan = words[3].equals("-") ? null : "00000" + words[3];
        return new Instruction(
                ACQUIRER,
                key,
                Action.valueOf(words[0]),
                PAYMENT,
                words[1].equals("-") ? null : words[1],
                Long.parseLong(words[2]),
                "EUR",
                stan,
                stan == null ? null : "000000" + stan);
    }

    /** What becomes of it, in a word; its effect or its bound decline is in the books then. */
    String told(Instruction instruction) {
        Decision decision = ledger.decide(instruction, now);
        if (decision instanceof Decision.Perform perform) {
            ledger.apply(new Entry.Done(perform.effect()));
            return "DONE";
        }
        if (decision instanceof Decision.Decline decline) {
            if (decline.bind()) {
                ledger.apply(new Entry.Bound(
                        instruction.acquirerId(), instruction.key(), instruction.content(), decline.code(), now));
            }
            return decline.code().name();
        }
        return "BEFORE " + ((Decision.Repeat) decision).effect().seq();
    }

    PaymentView view(String captureId, String stan, String key) {
        String own = stan == null ? null : "00000" + stan;
        return ledger.inquire(ACQUIRER, PAYMENT, captureId, new AttemptName(own, null), key, now)
                .orElseThrow();
    }

    /** held, netDebit, settled and each capture as id:amount-reversed-refunded/settled+adjusted:status. */
    String books() {
        PaymentBooks books = ledger.books().get(0);
        List<String> captures = books.captures().stream()
                .map(c -> c.captureId() + ":" + c.amount() + "-" + c.reversed() + "-" + c.refunded() + "/" + c.settled()
                        + "+" + c.adjusted() + ":" + c.status())
                .toList();
        return books.held() + " " + books.netDebit() + " " + books.settled() + " " + String.join(" ", captures);
    }
}
