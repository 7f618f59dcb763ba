package io.tillwatch.responder.decision;

/** What is to be done about a command, in the light of what its acquirer says. Each detail begins with a stable code. */
public sealed interface Verdict {

    /**
     * The acquirer's books are as expected, and the effect is not there.
     *
     * @param aboutCapture whether the instruction names the command's capture; not where the capture never came to be and
     *     the hold is what is to be released
     */
    record Send(boolean aboutCapture) implements Verdict {}

    /** The effect is there already, under this command's key. */
    record Done(long amount, String reference) implements Verdict {}

    /** The acquirer shows that it is not needed. */
    record NotNeeded(String detail) implements Verdict {}

    /** The acquirer's books and ours contradict each other, or cannot be compared: a person must decide. */
    record Escalate(String detail) implements Verdict {}

    /** Nothing can be said; ask again later. */
    record AskAgain(String detail) implements Verdict {}
}
