package io.tillwatch.responder.iso8583;

import io.tillwatch.rules.admission.Currencies;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Amounts and currencies as an acquirer has them: currencies by their ISO 4217 numbers, and amounts in minor units which, in
 * some currencies, are not those of ISO 4217.
 */
final class AcquirerAmounts {

    private static final long TEN = 10;

    private final Map<String, Integer> digits;
    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, String> numbers = new HashMap<>();

    /** @param digits of the minor unit, of the currencies in which the acquirer differs from ISO 4217 */
    AcquirerAmounts(Map<String, Integer> digits) {
        this.digits = Map.copyOf(digits);
        for (Currency currency : Currency.getAvailableCurrencies()) {
            String code = currency.getCurrencyCode();
            if (Currencies.inUse(code)) {
                String number = String.format(Locale.ROOT, "%03d", currency.getNumericCode());
                codes.put(number, code);
                numbers.put(code, number);
            }
        }
    }

    /** Empty if the JDK knows none. */
    Optional<String> number(String code) {
        return Optional.ofNullable(numbers.get(code));
    }

    /** Empty if no currency in use has it. */
    Optional<String> code(String number) {
        return Optional.ofNullable(codes.get(number));
    }

    /** In the acquirer's minor units; empty if it is no whole number of them, or beyond 64 bits. */
    OptionalLong told(long amount, String code) {
        return shifted(amount, shift(code));
    }

    /** In minor units of ISO 4217; empty likewise. */
    OptionalLong meant(long told, String code) {
        return shifted(told, -shift(code));
    }

    private int shift(String code) {
        Integer own = digits.get(code);
        return own == null ? 0 : own - Currencies.digits(code);
    }

    private static OptionalLong shifted(long amount, int shift) {
        long shifted = amount;
        for (int i = shift; i < 0; i++) {
            if (shifted % TEN != 0) {
                return OptionalLong.empty();
            }
            shifted /= TEN;
        }
        try {
            for (int i = shift; i > 0; i--) {
                shifted = Math.multiplyExact(shifted, TEN);
            }
        } catch (ArithmeticException tooMuch) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(shifted);
    }
}
