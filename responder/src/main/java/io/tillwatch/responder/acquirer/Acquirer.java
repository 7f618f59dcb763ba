package io.tillwatch.responder.acquirer;

import java.util.Map;

/**
 * One acquirer, as the responder speaks to it. Each call is one exchange, or none if it could not be made: nothing is tried
 * again here. Neither call throws because of what the other side does; what is not known is said so. Safe for use by
 * several threads.
 */
public interface Acquirer extends AutoCloseable {

    /** Asks what the acquirer knows. Changes nothing there. */
    InquiryAnswer inquire(Inquiry inquiry);

    /**
     * What the first attempt at an instruction will call itself (for ISO 8583: its stan and transmission time). It is
     * written to the journal with the intent, and each repeat calls itself the same.
     */
    default Map<String, String> identify() {
        return Map.of();
    }

    /** Sends an instruction whose intent is in the journal. */
    SendAnswer send(Instruction instruction);

    @Override
    void close();
}
