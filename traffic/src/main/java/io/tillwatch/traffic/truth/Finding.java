package io.tillwatch.traffic.truth;

/**
 * Something that was found without a cause, or was not found.
 *
 * @param of the payment, or the alert where it is about none
 * @param fault the name of what was done to it; empty if nothing was
 * @param what the alert's type or the dead letter's code, in words if need be
 */
public record Finding(String of, String fault, String what) {

    @Override
    public String toString() {
        return what + " of " + of + (fault.isEmpty() ? "" : " (" + fault + ")");
    }
}
