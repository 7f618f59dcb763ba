package io.tillwatch.cli.redrive;

import io.tillwatch.rules.fact.Feed;
import java.util.List;

/**
 * A record that the jobs will take, on its way back.
 *
 * @param mended whether it differs from what had come in
 * @param money each amount, fee or currency that differs, for people; before and after
 * @param identity likewise, what makes it another record or another payment's
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to be sent, which nobody compares
record Parcel(
        LetterId id,
        Feed feed,
        byte[] key,
        byte[] value,
        String paymentId,
        String eventId,
        boolean mended,
        List<String> money,
        List<String> identity) {

    Parcel {
        money = List.copyOf(money);
        identity = List.copyOf(identity);
    }
}
