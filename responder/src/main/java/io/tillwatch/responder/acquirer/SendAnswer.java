package io.tillwatch.responder.acquirer;

/** What became of an instruction, as far as is known. */
public sealed interface SendAnswer {

    /**
     * The effect exists.
     *
     * @param amount minor units, signed for ADJUST
     * @param reference the acquirer's, or null: see {@link Reference}
     */
    record Done(long amount, String reference) implements SendAnswer {
        public Done {
            reference = Reference.kept(reference);
        }
    }

    /**
     * It was declined, and nothing was done.
     *
     * @param code of the protocol (docs/acquirer-protocol.md), or the acquirer's own
     */
    record Declined(String code) implements SendAnswer {}

    /**
     * Whether it was done is not known: a time-out, a reset, a 5xx, half an answer, one that makes no sense, one that is
     * about something else.
     *
     * @param reason in a few words, without card data
     */
    record Unknown(String reason) implements SendAnswer {}
}
