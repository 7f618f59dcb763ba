package io.tillwatch.responder.iso8583;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.IsoValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An acquirer over ISO 8583 that puts card numbers into its answers. Where, the payment's id says: its end is the
 * name of a {@link Plant}, after a prefix. All else in an answer is right.
 */
public final class PlantingAcquirer implements AutoCloseable {

    /** Where the number stands. */
    public enum Plant {
        /** DE 63 of an answer that says DONE. */
        REFERENCE,
        /** DE 48, the reference of an effect. */
        EFFECT_REFERENCE,
        /** DE 48, the amount of an effect. */
        EFFECT_AMOUNT,
        /** DE 48, an authorization's status. */
        STATUS,
        /** DE 48, an authorization's amount. */
        AMOUNT,
        /** DE 48, the payment. */
        PAYMENT,
        /** DE 48 as a whole. */
        PRIVATE,
        /** DE 48, a tag that nobody knows. */
        UNKNOWN_TAG,
        /** DE 2, where card numbers belong and which is never spoken of here. */
        CARD,
        /** DE 32. */
        ACQUIRER,
        /** DE 42. */
        MERCHANT,
        /** DE 90. */
        ORIGINAL,
        /** Nothing but the number. */
        GARBAGE
    }

    private static final int CARD = 2;
    private static final int ORIGINAL_DIGITS = 42;

    private final IsoFormat format = new IsoFormat();
    private final HostileAcquirer server = new HostileAcquirer(true, this::take);
    private final String number;

    /** @param number which is planted, of at most 15 digits so that it fits DE 42 */
    public PlantingAcquirer(String number) {
        this.number = number;
    }

    public int port() {
        return server.port();
    }

    private void take(byte[] frame, OutputStream out) throws IOException {
        byte[] turned = frame.clone();
        turned[2]++;
        IsoMessage answer = format.parse(turned).orElseThrow();
        Map<String, String> own = new LinkedHashMap<>(
                PrivateData.read(IsoFormat.get(answer, IsoFormat.PRIVATE)).orElseThrow());
        Plant plant = plant(own.get(PrivateData.PAYMENT));
        boolean inquiry = new String(turned, 0, 4, StandardCharsets.US_ASCII).equals("0610");
        if (inquiry) {
            own.putAll(Map.of("au", "APPROVED", "aa", "1000", "h", "1000", "n", "0", "se", "0"));
            IsoFormat.set(answer, IsoFormat.CURRENCY, "978");
        }
        IsoFormat.set(answer, IsoFormat.RESPONSE, "00");
        byte[] garbage = null;
        switch (plant) {
            case REFERENCE -> IsoFormat.set(answer, IsoFormat.REFERENCE, number);
            case EFFECT_REFERENCE -> own.putAll(Map.of("e", "1000", "ef", number));
            case EFFECT_AMOUNT -> own.putAll(Map.of("e", number, "ef", "ref"));
            case STATUS -> own.put("au", number);
            case AMOUNT -> own.put("aa", number);
            case PAYMENT -> own.put(PrivateData.PAYMENT, number);
            case UNKNOWN_TAG -> own.put("x", number);
            case CARD -> answer.setField(CARD, new IsoValue<>(IsoType.LLVAR, number));
            case ACQUIRER -> IsoFormat.set(answer, IsoFormat.ACQUIRER, number);
            case MERCHANT -> IsoFormat.set(answer, IsoFormat.MERCHANT, number);
            case ORIGINAL ->
                IsoFormat.set(
                        answer,
                        IsoFormat.ORIGINAL,
                        (number + "0".repeat(ORIGINAL_DIGITS)).substring(0, ORIGINAL_DIGITS));
            case GARBAGE -> garbage = number.getBytes(StandardCharsets.US_ASCII);
            case PRIVATE -> own.clear();
        }
        PrivateData data = new PrivateData();
        own.forEach(data::add);
        IsoFormat.set(answer, IsoFormat.PRIVATE, plant == Plant.PRIVATE ? number : data.textOrNull());
        HostileAcquirer.send(garbage == null ? answer.writeData() : garbage, out);
    }

    private static Plant plant(String payment) {
        return Plant.valueOf(payment.substring(payment.indexOf('-') + 1));
    }

    @Override
    public void close() {
        server.close();
    }
}
