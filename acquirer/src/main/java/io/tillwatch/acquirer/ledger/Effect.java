package io.tillwatch.acquirer.ledger;

import java.util.List;

/**
 * One change that an instruction made.
 *
 * @param seq counted from 1 over all acquirers, without gaps
 * @param captureId of the instruction; for RETRY_CAPTURE that of the capture made
 * @param reference the acquirer's own
 * @param at milliseconds since the epoch
 * @param content of the instruction, by which a reused key is found out
 */
public record Effect(
        long seq,
        String acquirerId,
        String paymentId,
        String captureId,
        String key,
        Action action,
        long amount,
        String currency,
        String stan,
        String rrn,
        String reference,
        long at,
        String content,
        List<Posting> postings) {

    public Effect {
        postings = List.copyOf(postings);
    }
}
