package io.tillwatch.rules.admission;

import java.util.Map;
import java.util.TreeMap;

/**
 * The currencies in use, with the digits of their minor unit.
 *
 * <p>Source: ISO 4217 list one as of January 2026 (the Bulgarian lev has gone, the Caribbean guilder has come), without
 * the codes for testing, for no currency and for metals, in which nobody pays by card.
 */
public final class Currencies {

    private static final Map<String, Integer> DIGITS = new TreeMap<>();

    static {
        put(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        put(3, "BHD IQD JOD KWD LYD OMR TND");
        put(4, "CLF UYW");
        put(2, "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE");
        put(2, "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD");
        put(2, "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK");
        put(2, "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD");
        put(2, "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH");
        put(2, "USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG");
    }

    private Currencies() {}

    /** Whether it is a code in use. */
    public static boolean inUse(String code) {
        return code != null && DIGITS.containsKey(code);
    }

    /** The digits of its minor unit: 0 for JPY, 2 for CNY, 3 for KWD; 2 for a code that is not in use. */
    public static int digits(String code) {
        return DIGITS.getOrDefault(code, 2);
    }

    private static void put(int digits, String codes) {
        for (String code : codes.split(" ")) {
            DIGITS.put(code, digits);
        }
    }
}
