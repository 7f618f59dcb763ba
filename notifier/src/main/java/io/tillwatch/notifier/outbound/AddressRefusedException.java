package io.tillwatch.notifier.outbound;

import java.io.IOException;

/** A name stands for an address that may not be connected to. */
final class AddressRefusedException extends IOException {

    /** @param kind of the address, such as "loopback"; never the address, which is not for whoever gave the name */
    AddressRefusedException(String kind) {
        super("its address is " + kind + ", which is refused: allow it with allowPrivate if it is your own");
    }
}
