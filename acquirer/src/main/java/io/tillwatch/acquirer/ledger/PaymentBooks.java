package io.tillwatch.acquirer.ledger;

import java.util.List;

/** All that the books say of a payment. */
public record PaymentBooks(
        String acquirerId,
        String paymentId,
        String merchantId,
        String currency,
        long held,
        long netDebit,
        long settled,
        List<AuthorizationBooks> authorizations,
        List<PaymentView.CaptureView> captures,
        List<PaymentView.EffectView> effects) {

    public PaymentBooks {
        authorizations = List.copyOf(authorizations);
        captures = List.copyOf(captures);
        effects = List.copyOf(effects);
    }

    /** An attempt; its names are its own and those of its increments. */
    public record AuthorizationBooks(
            Authorization.Status status, long amount, long held, String authCode, List<AttemptName> names) {

        public AuthorizationBooks {
            names = List.copyOf(names);
        }
    }

    static PaymentBooks of(Payment payment) {
        return new PaymentBooks(
                payment.acquirerId,
                payment.paymentId,
                payment.merchantId,
                payment.currency,
                payment.held(),
                payment.netDebit(),
                payment.settled(),
                payment.authorizations.stream()
                        .map(a -> new AuthorizationBooks(payment.status(a), a.amount, a.held, a.authCode, a.names))
                        .toList(),
                payment.captures.stream().map(PaymentBooks::view).toList(),
                payment.effects.stream().map(PaymentView.EffectView::of).toList());
    }

    static PaymentView.CaptureView view(Capture capture) {
        return new PaymentView.CaptureView(
                capture.captureId,
                capture.amount,
                capture.reversed,
                capture.refunded,
                capture.settled,
                capture.adjusted,
                capture.status());
    }
}
