package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;

/**
 * What is answered.
 *
 * @param about the payment; never of another one where a wrong answer is wanted
 */
record IsoAnswer(String about, IsoMessage message) {}
