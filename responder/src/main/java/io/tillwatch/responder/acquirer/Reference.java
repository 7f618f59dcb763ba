package io.tillwatch.responder.acquirer;

import io.tillwatch.rules.admission.CardNumbers;

/** What an acquirer calls an effect. It is a text of the acquirer's choice, and is kept and told. */
public final class Reference {

    private Reference() {}

    /**
     * The reference as it may be kept: null if there is none, or if it passes for a card number. The effect counts without
     * it; an answer must not be thrown away because of how it calls itself.
     */
    public static String kept(String toldOrNull) {
        return CardNumbers.ofSchemeWithin(toldOrNull) ? null : toldOrNull;
    }
}
