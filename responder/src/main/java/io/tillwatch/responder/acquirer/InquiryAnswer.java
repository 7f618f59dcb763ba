package io.tillwatch.responder.acquirer;

/** What the acquirer knows of a payment, or that nothing is known of what it knows. */
public sealed interface InquiryAnswer {

    /** It answered. */
    record Known(PaymentView payment) implements InquiryAnswer {}

    /** It answered that it knows no such payment. */
    record NotFound() implements InquiryAnswer {}

    /** It does not answer inquiries. */
    record Unsupported() implements InquiryAnswer {}

    /**
     * No answer, or none that can be relied on.
     *
     * @param reason in a few words, without card data
     */
    record Unknown(String reason) implements InquiryAnswer {}
}
